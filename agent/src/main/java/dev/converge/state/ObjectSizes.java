package dev.converge.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the object store holds now.
 *
 * @param bytes per digest, how large its content is
 */
record ObjectSizes(Map<String, Long> bytes) {

    static ObjectSizes in(Path objects) throws IOException {
        Map<String, Long> bytes = new HashMap<>();
        if (Files.isDirectory(objects)) {
            try (DirectoryStream<Path> groups = Files.newDirectoryStream(objects)) {
                for (Path group : groups) {
                    if (Files.isDirectory(group)) {
                        read(group, bytes);
                    }
                }
            }
        }
        return new ObjectSizes(bytes);
    }

    private static void read(Path group, Map<String, Long> bytes) throws IOException {
        try (DirectoryStream<Path> objects = Files.newDirectoryStream(group)) {
            for (Path object : objects) {
                String name = object.getFileName().toString();
                if (!name.contains(Damage.MARK)) {
                    bytes.put(group.getFileName() + name, Files.size(object));
                }
            }
        }
    }

    long of(Set<String> digests) {
        long sum = 0;
        for (String digest : digests) {
            sum += of(digest);
        }
        return sum;
    }

    long of(String digest) {
        return bytes.getOrDefault(digest, 0L);
    }

    long total() {
        return of(bytes.keySet());
    }
}
