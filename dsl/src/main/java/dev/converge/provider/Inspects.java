package dev.converge.provider;

import dev.converge.model.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A provider that can describe what is on a host without being told what to look for; for {@code converge inspect}. */
public interface Inspects<R extends Resource> {
    /**
     * The names of all resources of the type on the host, sorted; empty where there are too many to list, such as
     * files.
     */
    List<String> names(Host host) throws IOException, InterruptedException;

    /** The whole live state of one resource, every property that a manifest would give, secrets left out. */
    Optional<R> inspect(String name, Host host) throws IOException, InterruptedException;
}
