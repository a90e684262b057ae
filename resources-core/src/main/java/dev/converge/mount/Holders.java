package dev.converge.mount;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the processes that keep a file system from being unmounted. Reads links only: that never waits for a server. */
final class Holders {
    private static final List<String> LINKS = List.of("cwd", "root", "exe");
    private static final int MOST = 8;

    private Holders() {}

    /** Each as {@code sleep (4711, /data/x)}; those of other users only when Converge runs as root. */
    static List<String> of(Path mountPoint, Host host) throws IOException {
        List<String> holders = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(host.path(Path.of("/proc")), "[0-9]*")) {
            for (Path process : processes) {
                String held = held(process, mountPoint);
                if (!held.isEmpty() && holders.size() < MOST) {
                    holders.add(name(process) + " (" + process.getFileName() + ", " + held + ")");
                }
            }
        }
        return holders;
    }

    private static String held(Path process, Path mountPoint) {
        for (String link : LINKS) {
            String target = target(process.resolve(link));
            if (isIn(target, mountPoint)) {
                return target;
            }
        }
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                String target = target(descriptor);
                if (isIn(target, mountPoint)) {
                    return target;
                }
            }
        } catch (IOException e) {
            return ""; // it has ended, or is another user's
        }
        return "";
    }

    private static boolean isIn(String target, Path mountPoint) {
        return target.startsWith("/") && Path.of(target).startsWith(mountPoint);
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // it has ended, or is another user's
        }
    }

    private static String name(Path process) throws IOException {
        Path comm = process.resolve("comm");
        return Files.exists(comm) ? Files.readString(comm).strip() : "a process";
    }
}
