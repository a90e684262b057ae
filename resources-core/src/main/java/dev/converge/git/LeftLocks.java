package dev.converge.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Lock files that a killed run has left in a repository: with them there, nobody can move it, Git by hand neither. */
final class LeftLocks {
    private static final String SUFFIX = ".lock";

    private LeftLocks() {}

    /**
     * Removes those that were made before a moment; a Git that has begun since keeps its own.
     *
     * @param repository the real path of {@code .git}
     */
    static void remove(Path repository, Instant before) throws IOException {
        if (!Files.isDirectory(repository, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> locks;
        try (Stream<Path> found = Files.find(
                repository,
                Integer.MAX_VALUE,
                (path, is) -> is.isRegularFile()
                        && path.toString().endsWith(SUFFIX)
                        && is.lastModifiedTime().compareTo(FileTime.from(before)) < 0)) {
            locks = found.toList();
        }
        for (Path lock : locks) {
            Files.deleteIfExists(lock);
        }
    }
}
