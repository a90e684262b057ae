package dev.converge.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * How much is kept of what each run leaves: only the latest files of a folder, by their names.
 *
 * @param count at most so many
 * @param bytes at most so many, but the latest one always
 */
record LatestFiles(int count, long bytes) {

    /** @param glob which files are meant, such as {@code *.json} */
    void keep(Path folder, String glob) throws IOException {
        TreeSet<Path> latestFirst = new TreeSet<>(Comparator.reverseOrder());
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            found.forEach(latestFirst::add);
        }
        int seen = 0;
        long size = 0;
        for (Path file : latestFirst) {
            seen++;
            size += Files.size(file);
            if (seen > count || (seen > 1 && size > bytes)) {
                Files.delete(file);
            }
        }
    }
}
