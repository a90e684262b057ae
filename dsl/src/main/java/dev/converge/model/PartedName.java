package dev.converge.model;

import java.util.List;

/** A name of several parts that knows them, where splitting its text at the first colons would give others. */
public interface PartedName {
    /** The parts, as a manifest gives them. */
    List<String> parts();
}
