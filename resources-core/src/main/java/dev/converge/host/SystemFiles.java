package dev.converge.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The small files in which a system describes itself, below {@code /etc}, {@code /proc} and {@code /sys}.
 *
 * @param root the folder that is the host's {@code /}
 */
record SystemFiles(Path root) {
    /** Whether there is something at the path. */
    boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** The whole text without white space around it; empty where the file is missing or may not be read. */
    String text(String path) {
        return raw(path).strip();
    }

    /** As {@link #text(String)}, its lines. */
    List<String> lines(String path) {
        return raw(path).lines().toList();
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    private String raw(String path) {
        try {
            return new String(Files.readAllBytes(at(path)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
