package dev.converge.agent;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jars that this process runs from, and the program that has started it. An upgrade may replace or remove them during a run: what is open stays readable,
 * so all are opened before the first run, the last of which would else be opened when its first class is needed.
 */
final class OwnCode {
    private static final String GONE = "";
    private static final String NOWHERE = "META-INF/dev.converge/none";

    /** What was typed to start it, which may be a link to one of several versions. */
    private static final String PROGRAM = "converge.program";

    private final Map<Path, Object> keys;

    private OwnCode(Map<Path, Object> keys) {
        this.keys = keys;
    }

    static OwnCode opened() {
        try {
            Collections.list(OwnCode.class.getClassLoader().getResources(NOWHERE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<Path, Object> keys = new LinkedHashMap<>();
        for (Path jar : jars()) {
            keys.put(jar, key(jar));
        }
        program().ifPresent(path -> keys.put(path, key(path)));
        return new OwnCode(keys);
    }

    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                jars.add(Path.of(entry));
            }
        }
        return jars;
    }

    /**
     * Whether another Converge is where this one was. One that was removed altogether, its program too, is no reason to
     * end: nobody could start it anew.
     */
    boolean isReplaced() {
        boolean startable = program().map(path -> !key(path).equals(GONE)).orElse(false);
        for (Map.Entry<Path, Object> file : keys.entrySet()) {
            Object now = key(file.getKey());
            if (!now.equals(file.getValue()) && (startable || !now.equals(GONE))) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Path> program() {
        return Optional.of(System.getProperty(PROGRAM, ""))
                .filter(path -> path.startsWith("/"))
                .map(Path::of);
    }

    private static Object key(Path jar) {
        try {
            return Files.getAttribute(jar, "unix:ino") + " " + Files.getLastModifiedTime(jar);
        } catch (IOException e) {
            return GONE;
        }
    }
}
