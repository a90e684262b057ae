package dev.converge.pkg;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What dnf's own files say of packages: which are locked to a version, and which must not be removed. */
final class DnfSettings {
    /** That of dnf 4's plugin, and where yum keeps it. */
    private static final List<Path> LOCKS =
            List.of(Path.of("/etc/dnf/plugins/versionlock.list"), Path.of("/etc/yum/pluginconf.d/versionlock.list"));

    private static final Path LOCKS_OF_DNF5 = Path.of("/etc/dnf/versionlock.toml");
    private static final Path PLUGIN = Path.of("/etc/dnf/plugins/versionlock.conf");
    private static final List<Path> PROTECTED =
            List.of(Path.of("/etc/dnf/protected.d"), Path.of("/etc/yum/protected.d"));

    /** {@code name-epoch:version-release.arch}, as {@code dnf versionlock add} writes it; the epoch first in old ones. */
    private static final Pattern LOCK = Pattern.compile("(?:\\d+:)?(\\S+)-[^-\\s]+-[^-\\s]+");

    private static final Pattern LOCK_OF_DNF5 = Pattern.compile("name\\s*=\\s*\"([^\"]+)\"");

    private DnfSettings() {}

    /** The names of the packages that are kept at a version. */
    static Set<String> locked(Host host) throws IOException {
        Set<String> names = new HashSet<>();
        for (Path list : LOCKS) {
            for (String line : lines(host.path(list))) {
                nameIn(LOCK, line).ifPresent(names::add);
            }
        }
        for (String line : lines(host.path(LOCKS_OF_DNF5))) {
            nameIn(LOCK_OF_DNF5, line).ifPresent(names::add);
        }
        return names;
    }

    /** A line that begins with {@code !} keeps a version away, and does not lock the package. */
    private static Optional<String> nameIn(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line.strip());
        boolean meant = !line.startsWith("#") && !line.startsWith("!") && matcher.matches();
        return meant ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether dnf 4 has the plugin that locks versions: its locks also hide all other versions. */
    static boolean hasLockPlugin(Host host) {
        return Files.exists(host.path(PLUGIN));
    }

    /** dnf itself, and what the distribution protects. */
    static Set<String> protectedNames(Host host) throws IOException {
        Set<String> names = new HashSet<>(Set.of("dnf"));
        for (Path folder : PROTECTED) {
            if (Files.isDirectory(host.path(folder))) {
                try (Stream<Path> files = Files.list(host.path(folder))) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        lines(file).stream().map(String::strip).forEach(names::add);
                    }
                }
            }
        }
        return names;
    }

    private static List<String> lines(Path real) throws IOException {
        return Files.isRegularFile(real) ? Files.readAllLines(real) : List.of();
    }
}
