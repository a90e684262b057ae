package dev.converge.firstboot;

import dev.converge.facts.Facts;
import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import java.util.List;
import java.util.Optional;

/** What a resource may know of the machine that it is one of: all that is declared for it, and its facts. */
public interface Scene {
    /** What is known of the machine before it has booted. */
    Facts facts();

    /** A resource that is declared beside it. */
    <R extends Resource> Optional<Declared<R>> find(ResourceId id, Class<R> type);

    /** All of a type, in the catalog's order. */
    <R extends Resource> List<Declared<R>> all(String type, Class<R> record);

    /** Whether something that is declared refreshes the resource when it changes: at a first boot all of that does. */
    boolean isNotified(ResourceId id);
}
