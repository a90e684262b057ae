package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The packages on a host, read once by one rpm: its database is no text. */
final class RpmDatabase {
    /** How a version is written: the epoch only where there is one. */
    static final String VERSION = "%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}";

    private static final String ALL = "%{NAME}\t" + VERSION + "\t%{ARCH}\n";
    /** Stands for the keys that rpm trusts. */
    private static final String KEY = "gpg-pubkey";

    private record Entry(String name, String version, String architecture) {}

    private final Map<String, List<Entry>> entries;
    private final Set<String> locked;
    private final Set<String> protectedNames;
    private final String ownArchitecture;

    private RpmDatabase(Map<String, List<Entry>> entries, Set<String> locked, Set<String> protectedNames) {
        this.entries = entries;
        this.locked = locked;
        this.protectedNames = protectedNames;
        ownArchitecture = entries.getOrDefault("rpm", List.of()).stream()
                .findFirst()
                .map(Entry::architecture)
                .orElse("");
    }

    static RpmDatabase of(Host host) throws IOException, InterruptedException {
        return host.database(RpmDatabase.class, RpmDatabase::read);
    }

    private static RpmDatabase read(Host host) throws IOException, InterruptedException {
        CommandResult result = host.commands().run(Command.of("rpm", "-qa", "--qf", ALL));
        if (!result.succeeded()) {
            throw new ResourceFailure(
                    "The database of packages cannot be read:\n" + result.lastLines(2), "Try 'rpm -qa' on the host.");
        }
        Map<String, List<Entry>> entries = new HashMap<>();
        result.output()
                .lines()
                .map(line -> line.split("\t"))
                .filter(parts -> parts.length == 3)
                .forEach(parts -> entries.computeIfAbsent(parts[0], name -> new ArrayList<>())
                        .add(new Entry(parts[0], parts[1], parts[2])));
        entries.remove(KEY);
        return new RpmDatabase(entries, DnfSettings.locked(host), DnfSettings.protectedNames(host));
    }

    /** Of several, such as kernels, the newest. */
    Optional<InstalledPackage> find(PkgName name) {
        List<Entry> named = entries.getOrDefault(name.name(), List.of());
        String wanted = name.architecture().orElse(ownArchitecture);
        boolean strict = name.architecture().isPresent()
                || named.stream().anyMatch(entry -> entry.architecture().equals(wanted));
        return named.stream()
                .filter(entry -> !strict
                        || entry.architecture().equals(wanted)
                        || entry.architecture().equals("noarch"))
                .max(Comparator.comparing(Entry::version, VersionOrder.RPM::compare))
                .map(entry -> InstalledPackage.whole(
                        entry.version(), locked.contains(entry.name()), protectedNames.contains(entry.name())));
    }

    /** Each with its architecture only where it has to be told. */
    List<String> names() {
        return entries.values().stream()
                .flatMap(List::stream)
                .map(entry -> isUsual(entry) ? entry.name() : entry.name() + ":" + entry.architecture())
                .distinct()
                .sorted()
                .toList();
    }

    private boolean isUsual(Entry entry) {
        return entry.architecture().equals("noarch")
                || entry.architecture().equals(ownArchitecture)
                || ownArchitecture.isEmpty();
    }
}
