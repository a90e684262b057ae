package dev.converge.provider;

import dev.converge.model.Resource;
import dev.converge.model.Text;

/** A provider whose resources say something in every run. */
public interface Announces<R extends Resource> {
    Text message(R desired);
}
