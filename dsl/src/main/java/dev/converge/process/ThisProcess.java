package dev.converge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The process that Converge runs in; see proc(5). */
public final class ThisProcess {
    private static final Path SELF = Path.of("/proc/self");
    private static final int ROOT = 0;
    private static final int NOBODY_KNOWN = -1;
    private static final List<String> GROUP_LINES = List.of("Gid:", "Groups:");

    private ThisProcess() {}

    /** Its number; read from proc(5), because {@link ProcessHandle} starts a thread pool before it answers. */
    public static long pid() {
        try {
            return Long.parseLong(Files.readSymbolicLink(SELF).toString());
        } catch (IOException | NumberFormatException e) {
            return ProcessHandle.current().pid();
        }
    }

    /** The number of the account that it runs as; -1 for an unknown one that is not root. */
    public static int uid() {
        try {
            return (Integer) Files.getAttribute(SELF, "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name")) ? ROOT : NOBODY_KNOWN;
        }
    }

    public static boolean isRoot() {
        return uid() == ROOT;
    }

    /** The numbers of the groups that it is in. */
    public static Set<Integer> groups() throws IOException {
        Set<Integer> groups = new HashSet<>();
        for (String line : Files.readAllLines(SELF.resolve("status"))) {
            String[] words = line.split("\\s+");
            if (GROUP_LINES.contains(words[0])) {
                for (int i = 1; i < words.length; i++) {
                    groups.add(Integer.parseInt(words[i]));
                }
            }
        }
        return groups;
    }
}
