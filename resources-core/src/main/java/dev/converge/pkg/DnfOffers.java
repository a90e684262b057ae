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

/** What dnf can install, asked for many packages by one process, from its cache alone: dnf(8), repoquery. */
final class DnfOffers implements Offers {
    private static final String VERSIONS = "%{name}\t%{epoch}:%{version}-%{release}\t%{arch}\n";
    private static final String NO_EPOCH = "0:";
    private static final String NO_CACHE = "no cache for";
    private static final Path SOURCES = Path.of("/etc/yum.repos.d");
    private static final List<Path> CACHES = List.of(Path.of("/var/cache/dnf"), Path.of("/var/cache/libdnf5"));
    private static final Duration LONGEST_REFRESH = Duration.ofMinutes(10);

    private final Host host;
    private final Map<String, List<String>> versions = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private boolean cached = true;

    private DnfOffers(Host host) {
        this.host = host;
    }

    static DnfOffers of(Host host) throws IOException, InterruptedException {
        return host.database(DnfOffers.class, DnfOffers::new);
    }

    @Override
    public synchronized Optional<Policy> find(PkgName name) throws IOException, InterruptedException {
        String word = DnfInstaller.nameWord(name);
        if (!asked.contains(word)) {
            ask(List.of(word));
        }
        List<String> known = versions.getOrDefault(word, List.of());
        return known.isEmpty() ? Optional.empty() : Optional.of(new Policy(Optional.of(known.get(0)), known));
    }

    /** The packages that a run declares come in few calls, and every call of dnf takes some time. */
    @Override
    public synchronized void expect(Collection<PkgName> names) throws IOException, InterruptedException {
        ask(names.stream()
                .map(DnfInstaller::nameWord)
                .filter(word -> !asked.contains(word))
                .distinct()
                .toList());
    }

    private void ask(List<String> words) throws IOException, InterruptedException {
        if (words.isEmpty()) {
            return;
        }
        List<String> argv = query("--qf", VERSIONS);
        argv.addAll(words);
        CommandResult result = host.commands().run(Command.of(argv));
        cached = result.succeeded() || !result.errors().contains(NO_CACHE);
        if (!result.succeeded() && cached) {
            throw DnfFailure.of("dnf repoquery", result, host);
        }
        result.output()
                .lines()
                .map(line -> line.split("\t"))
                .filter(parts -> parts.length == 3)
                .forEach(parts -> {
                    String version = parts[1].startsWith(NO_EPOCH) ? parts[1].substring(NO_EPOCH.length()) : parts[1];
                    remember(parts[0], version);
                    remember(parts[0] + "." + parts[2], version);
                });
        versions.values().forEach(known -> known.sort((a, b) -> VersionOrder.RPM.compare(b, a)));
        asked.addAll(words);
    }

    private void remember(String word, String version) {
        List<String> known = versions.computeIfAbsent(word, any -> new ArrayList<>());
        if (!known.contains(version)) {
            known.add(version);
        }
    }

    private List<String> query(String... words) {
        List<String> argv = new ArrayList<>(List.of(Rpm.program(host), "-q", "-C"));
        if (DnfSettings.hasLockPlugin(host)) {
            argv.add("--disableplugin=versionlock");
        }
        argv.add("repoquery");
        argv.addAll(List.of(words));
        return argv;
    }

    @Override
    public List<String> namesLike(PkgName name) throws IOException, InterruptedException {
        String beginning = name.name().substring(0, Math.min(2, name.name().length()));
        return lines(query("--qf", "%{name}\n", beginning + "*"));
    }

    @Override
    public List<String> providersOf(PkgName name) throws IOException, InterruptedException {
        return lines(query("--qf", "%{name}\n", "--whatprovides", name.name()));
    }

    private List<String> lines(List<String> argv) throws IOException, InterruptedException {
        return host.commands()
                .run(Command.of(argv))
                .output()
                .lines()
                .filter(line -> !line.isBlank())
                .distinct()
                .toList();
    }

    @Override
    public synchronized boolean areKnown() {
        return cached;
    }

    @Override
    public boolean isOlderThan(Duration age) throws IOException, InterruptedException {
        return FileAge.newest(host, CACHES, "repodata").isBefore(Instant.now().minus(age)) || isBehindSources();
    }

    @Override
    public boolean isBehindSources() throws IOException, InterruptedException {
        return FileAge.newest(host, List.of(SOURCES), "").isAfter(FileAge.newest(host, CACHES, "repodata"));
    }

    @Override
    public boolean isRefreshed() throws IOException, InterruptedException {
        return Refreshed.of(host).done() && !isBehindSources();
    }

    @Override
    public Optional<String> refresh(Duration lockTimeout) throws IOException, InterruptedException {
        List<String> argv = List.of(Rpm.program(host), "-q", "makecache", "--refresh");
        CommandResult result = new DnfInstaller(host).waiting(argv, lockTimeout, LONGEST_REFRESH);
        Refreshed.of(host).mark();
        return result.succeeded()
                ? Optional.empty()
                : Optional.of(DnfFailure.of("dnf makecache", result, host).getMessage());
    }
}
