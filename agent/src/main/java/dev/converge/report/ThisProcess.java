package dev.converge.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process that Converge runs in. */
public final class ThisProcess {
    private static final Path SELF = Path.of("/proc/self");

    private ThisProcess() {}

    /** Its number; read from proc(5), because {@link ProcessHandle} starts a thread pool before it answers. */
    public static long pid() {
        try {
            return Long.parseLong(Files.readSymbolicLink(SELF).toString());
        } catch (IOException | NumberFormatException e) {
            return ProcessHandle.current().pid();
        }
    }
}
