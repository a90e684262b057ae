package dev.converge.git;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds a process that works in a checkout now. A lock does not say whose it is; but Git changes to the checkout's folder
 * when it begins, and who writes a lock has it open. What /proc does not show to this account, and processes that see the
 * checkout at another path, such as those in a container, stay unknown.
 */
final class LiveGit {
    private static final Path PROCESSES = Path.of("/proc");

    private LiveGit() {}

    /**
     * How to call it in a message.
     *
     * @param top the real path of the checkout
     * @param files those that nobody else may have open
     */
    static Optional<String> of(Path top, Collection<Path> files) throws IOException {
        Path real = top.toRealPath();
        Set<Path> held =
                files.stream().map(file -> real.resolve(top.relativize(file))).collect(Collectors.toSet());
        String own = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : all) {
                String number = process.getFileName().toString();
                if (number.equals(own)) {
                    continue;
                }
                String name = name(process);
                boolean git = name.equals("git") || name.startsWith("git-");
                if ((git && leadsInto(process.resolve("cwd"), real)) || holds(process, held)) {
                    return Optional.of(name + " (process " + number + ")");
                }
            }
        }
        return Optional.empty();
    }

    private static String name(Path process) {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (IOException e) {
            return ""; // it has ended
        }
    }

    private static boolean leadsInto(Path link, Path folder) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException e) {
            return false; // it has ended, or is not ours to look at
        }
    }

    private static boolean holds(Path process, Set<Path> files) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : open) {
                if (leadsToOne(descriptor, files)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // as above
        }
    }

    private static boolean leadsToOne(Path link, Set<Path> files) {
        try {
            return files.contains(Files.readSymbolicLink(link));
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
