package dev.converge.pkg;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** When something in a folder was written last. */
final class FileAge {
    private static final int DEPTH = 3;

    private FileAge() {}

    /**
     * The newest time of a folder's files and folders; the epoch where there are none.
     *
     * @param within part of the path of those that count
     */
    static Instant newest(Host host, List<Path> folders, String within) throws IOException {
        Instant newest = Instant.EPOCH;
        for (Path folder : folders) {
            Path real = host.path(folder);
            if (Files.exists(real)) {
                try (Stream<Path> files = Files.walk(real, DEPTH)) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        if (file.toString().contains(within)) {
                            Instant time = Files.getLastModifiedTime(file).toInstant();
                            newest = time.isAfter(newest) ? time : newest;
                        }
                    }
                }
            }
        }
        return newest;
    }
}
