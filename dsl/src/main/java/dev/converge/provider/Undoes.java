package dev.converge.provider;

import dev.converge.model.Resource;
import java.io.IOException;
import java.util.Optional;

/**
 * A provider some of whose changes are not taken back by declaring the attributes as they were: for all others, that is
 * what {@code converge restore} does.
 */
public interface Undoes<R extends Resource> extends Provider<R> {
    /**
     * What takes a change back; asked right before the change is made. Reads only.
     *
     * @return empty when the attributes as they were say it all
     */
    Optional<Undo> undo(Change<R> due, Host host) throws IOException, InterruptedException;
}
