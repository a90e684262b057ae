package dev.converge.sysctl;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the files of sysctl.d(5) tell the kernel at boot. Of files with one name only that of the first folder counts;
 * they are read in the order of their names, and the last assignment of a parameter wins.
 *
 * @param last the last assignment of each parameter that is named without a pattern
 */
record SysctlFiles(Map<SysctlKey, Assignment> last) {
    static final Path LOCAL = Path.of("/etc/sysctl.d");

    private static final List<Path> FOLDERS = List.of(
            LOCAL,
            Path.of("/run/sysctl.d"),
            Path.of("/usr/local/lib/sysctl.d"),
            Path.of("/usr/lib/sysctl.d"),
            Path.of("/lib/sysctl.d"));

    /** Read last by sysctl(8), but not at all by systemd, where no link in {@link #LOCAL} leads to it. */
    private static final Path OLD_FILE = Path.of("/etc/sysctl.conf");

    private static final List<Path> SYSTEMD =
            List.of(Path.of("/usr/lib/systemd/systemd-sysctl"), Path.of("/lib/systemd/systemd-sysctl"));

    /**
     * One line of a file.
     *
     * @param value in normal form
     */
    record Assignment(Path file, String value) {}

    static SysctlFiles of(Host host) throws IOException, InterruptedException {
        return host.database(SysctlFiles.class, SysctlFiles::read);
    }

    Optional<Assignment> last(SysctlKey key) {
        return Optional.ofNullable(last.get(key));
    }

    private static SysctlFiles read(Host host) throws IOException {
        Map<SysctlKey, Assignment> last = new HashMap<>();
        for (Path file : inOrder(host)) {
            readFile(file, host, last);
        }
        return new SysctlFiles(last);
    }

    private static List<Path> inOrder(Host host) throws IOException {
        Map<String, Path> byName = new TreeMap<>();
        for (Path folder : FOLDERS) {
            for (String name : names(host.path(folder))) {
                byName.putIfAbsent(name, folder.resolve(name));
            }
        }
        List<Path> files = new ArrayList<>(byName.values());
        boolean systemd = SYSTEMD.stream().anyMatch(program -> Files.exists(host.path(program)));
        if (!systemd) {
            files.add(OLD_FILE);
        }
        return files;
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .toList();
        }
    }

    /** A file that leads nowhere, or to {@code /dev/null}, takes the place of one of the same name and says nothing. */
    private static void readFile(Path file, Host host, Map<SysctlKey, Assignment> into) throws IOException {
        Path real = host.path(file);
        if (!Files.isRegularFile(real)) {
            return;
        }
        for (String line : Files.readString(real, StandardCharsets.ISO_8859_1).split("\n")) {
            int equals = line.indexOf('=');
            if (equals < 0 || line.strip().startsWith("#") || line.strip().startsWith(";")) {
                continue;
            }
            String value = SysctlResource.normal(line.substring(equals + 1));
            key(line.substring(0, equals).strip()).ifPresent(key -> into.put(key, new Assignment(file, value)));
        }
    }

    /** A dash before it means that failing does not matter; a pattern yields to whoever names the parameter. */
    private static Optional<SysctlKey> key(String text) {
        String name = text.startsWith("-") ? text.substring(1) : text;
        try {
            return Optional.of(SysctlKey.parse(name.strip()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
