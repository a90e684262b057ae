package dev.converge.provider;

import java.nio.file.Path;
import java.util.Optional;

/** Something of a host that can be noticed when it moves. */
public sealed interface WatchPoint {
    /**
     * What is at a path, whether or not it is there already.
     *
     * @param path as the host sees it
     * @param followed whether it is also about what a link at the path leads to
     */
    record Entry(Path path, boolean followed) implements WatchPoint {
        /** The same, wherever links lead. */
        public static Entry of(Path path) {
            return new Entry(path, true);
        }
    }

    /** All that is below a folder. */
    record Tree(Path path) implements WatchPoint {}

    /** What the service manager has loaded under a name, such as {@code nginx.service}. */
    record Unit(String name) implements WatchPoint {}

    /** What is mounted. */
    record Mounts() implements WatchPoint {}

    /**
     * Something that a container engine keeps.
     *
     * @param socket where the engine listens; empty for the first that answers at a usual place
     * @param kind {@code container}, {@code image}, {@code network} or {@code volume}
     * @param name what the engine calls it
     */
    record Engine(Optional<Path> socket, String kind, String name) implements WatchPoint {}
}
