package dev.converge.pkg;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages on a host and what was asked for, read once from apk's own files: apk-world(5). */
final class ApkDatabase {
    /** Since Alpine 3.22 it may be below {@code /usr}. */
    static final List<Path> INSTALLED = List.of(Path.of("/lib/apk/db/installed"), Path.of("/usr/lib/apk/db/installed"));

    static final Path WORLD = Path.of("/etc/apk/world");

    /** {@code name=1.0-r0}, {@code name~1.0}: apk keeps such a package at that version. */
    private static final Pattern KEPT = Pattern.compile("([^<>=~@!\\s]+)(?:@\\S+?)?[=~]\\S+");

    private final Map<String, String> versions;
    private final Set<String> kept;

    private ApkDatabase(Map<String, String> versions, Set<String> kept) {
        this.versions = versions;
        this.kept = kept;
    }

    static ApkDatabase of(Host host) throws IOException, InterruptedException {
        return host.database(ApkDatabase.class, ApkDatabase::read);
    }

    private static ApkDatabase read(Host host) throws IOException {
        Map<String, String> versions = new HashMap<>();
        for (Path installed : INSTALLED) {
            String name = "";
            for (String line : lines(host.path(installed))) {
                if (line.isEmpty()) {
                    name = "";
                } else if (line.startsWith("P:")) {
                    name = line.substring(2);
                } else if (line.startsWith("V:") && !name.isEmpty()) {
                    versions.put(name, line.substring(2));
                }
            }
        }
        Set<String> kept = new HashSet<>();
        for (String line : lines(host.path(WORLD))) {
            for (String word : line.strip().split("\\s+")) {
                Matcher matcher = KEPT.matcher(word);
                if (matcher.matches()) {
                    kept.add(matcher.group(1));
                }
            }
        }
        return new ApkDatabase(versions, kept);
    }

    private static List<String> lines(Path real) throws IOException {
        return Files.isRegularFile(real) ? Files.readAllLines(real) : List.of();
    }

    Optional<InstalledPackage> find(PkgName name) {
        return Optional.ofNullable(versions.get(name.name()))
                .map(version -> InstalledPackage.whole(version, kept.contains(name.name()), false));
    }

    List<String> names() {
        return versions.keySet().stream().sorted().toList();
    }
}
