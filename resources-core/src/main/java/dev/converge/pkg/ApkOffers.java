package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What apk can install, asked for many packages by one process: apk-policy(8). */
final class ApkOffers implements Offers {
    private static final String POLICY = " policy:";
    private static final String VERSION = "  ";
    private static final String SOURCE = "    ";
    private static final String INSTALLED = "db/installed";
    private static final List<Path> SOURCES =
            List.of(Path.of("/etc/apk/repositories"), Path.of("/etc/apk/repositories.d"));
    private static final List<Path> CACHES = List.of(Path.of("/var/cache/apk"), Path.of("/etc/apk/cache"));
    private static final String INDEX = "APKINDEX";

    private final Host host;
    private final Map<String, List<String>> versions = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    private ApkOffers(Host host) {
        this.host = host;
    }

    static ApkOffers of(Host host) throws IOException, InterruptedException {
        return host.database(ApkOffers.class, ApkOffers::new);
    }

    @Override
    public synchronized Optional<Policy> find(PkgName name) throws IOException, InterruptedException {
        expect(List.of(name));
        List<String> known = versions.getOrDefault(name.name(), List.of());
        return known.isEmpty() ? Optional.empty() : Optional.of(new Policy(Optional.of(known.get(0)), known));
    }

    @Override
    public synchronized void expect(Collection<PkgName> names) throws IOException, InterruptedException {
        List<String> missing = names.stream()
                .map(PkgName::name)
                .filter(name -> !asked.contains(name))
                .distinct()
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of("apk", "policy"));
        argv.addAll(missing);
        CommandResult result = host.commands().run(Command.of(argv));
        read(result.output());
        asked.addAll(missing);
    }

    /** A name, below it its versions, below each where it comes from: the host itself, or a repository. */
    private void read(String output) {
        String name = "";
        String version = "";
        for (String line : (Iterable<String>) output.lines()::iterator) {
            if (!line.startsWith(VERSION)) {
                name = line.endsWith(POLICY) ? line.substring(0, line.length() - POLICY.length()) : "";
            } else if (!line.startsWith(SOURCE)) {
                version = line.strip().replaceFirst(":$", "");
            } else if (!name.isEmpty() && isRepository(line.strip())) {
                remember(name, version);
            }
        }
        versions.values().forEach(known -> known.sort((a, b) -> ApkVersion.compare(b, a)));
    }

    /** A repository with a tag gives packages only to those who ask for the tag. */
    private static boolean isRepository(String source) {
        return !source.endsWith(INSTALLED) && !source.startsWith("@");
    }

    private void remember(String name, String version) {
        List<String> known = versions.computeIfAbsent(name, any -> new ArrayList<>());
        if (!known.contains(version)) {
            known.add(version);
        }
    }

    @Override
    public List<String> namesLike(PkgName name) throws IOException, InterruptedException {
        String beginning = name.name().substring(0, Math.min(2, name.name().length()));
        return host.commands()
                .run(Command.of("apk", "search", "-q", beginning))
                .output()
                .lines()
                .filter(found -> found.startsWith(beginning))
                .distinct()
                .toList();
    }

    /** apk takes what provides a name under that name. */
    @Override
    public List<String> providersOf(PkgName name) {
        return List.of();
    }

    @Override
    public boolean areKnown() {
        return true;
    }

    @Override
    public boolean isOlderThan(Duration age) throws IOException {
        return FileAge.newest(host, CACHES, INDEX).isBefore(Instant.now().minus(age)) || isBehindSources();
    }

    @Override
    public boolean isBehindSources() throws IOException {
        return FileAge.newest(host, SOURCES, "").isAfter(FileAge.newest(host, CACHES, INDEX));
    }

    /** Not every Alpine keeps the lists that it fetched, so their age does not count here. */
    @Override
    public boolean isRefreshed() throws IOException, InterruptedException {
        return Refreshed.of(host).done();
    }

    @Override
    public Optional<String> refresh(Duration lockTimeout) throws IOException, InterruptedException {
        CommandResult result = new ApkInstaller(host).run(List.of("update"), lockTimeout);
        Refreshed.of(host).mark();
        return result.succeeded()
                ? Optional.empty()
                : Optional.of(ApkInstaller.failureOf("apk update", result).getMessage());
    }
}
