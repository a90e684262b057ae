package dev.converge.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        for (Path file : surplus(List.copyOf(latestFirst))) {
            Files.delete(file);
        }
    }

    /** Those of which there are too many, the latest first like the files that are given. */
    List<Path> surplus(List<Path> latestFirst) throws IOException {
        List<Path> surplus = new ArrayList<>();
        int seen = 0;
        long size = 0;
        for (Path file : latestFirst) {
            seen++;
            size += Files.size(file);
            if (seen > count || (seen > 1 && size > bytes)) {
                surplus.add(file);
            }
        }
        return surplus;
    }
}
