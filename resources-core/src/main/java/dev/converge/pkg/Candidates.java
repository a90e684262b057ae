package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What apt can install, asked for many packages by one process and remembered: apt-cache(8), policy. */
final class Candidates implements Offers {
    // A process's output is cut at 1 MiB, and a package takes about 300 bytes of it.
    private static final int NAMES_OF_A_PROCESS = 1000;
    private static final int COLUMN_OF_VERSIONS = 5;

    private final Host host;
    private final Map<String, Policy> known = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    private Candidates(Host host) {
        this.host = host;
    }

    static Candidates of(Host host) throws IOException, InterruptedException {
        return host.database(Candidates.class, Candidates::new);
    }

    /** What apt knows of a package. The first question is asked for all installed packages too: it costs the same. */
    @Override
    public synchronized Optional<Policy> find(PkgName name) throws IOException, InterruptedException {
        DpkgDatabase installed = DpkgDatabase.of(host);
        String key = installed.shortName(name);
        if (!asked.contains(key)) {
            List<String> names = new ArrayList<>(List.of(key));
            if (asked.isEmpty()) {
                installed.entries().forEach(entry -> names.add(installed.nameOf(entry)));
            }
            ask(names);
        }
        return Optional.ofNullable(known.get(key));
    }

    @Override
    public synchronized void expect(Collection<PkgName> names) throws IOException, InterruptedException {
        DpkgDatabase installed = DpkgDatabase.of(host);
        List<String> missing = names.stream()
                .map(installed::shortName)
                .filter(name -> !asked.contains(name))
                .distinct()
                .toList();
        ask(missing);
    }

    @Override
    public List<String> namesLike(PkgName name) throws IOException, InterruptedException {
        String beginning = name.name().substring(0, Math.min(2, name.name().length()));
        return host.commands()
                .run(Command.of("apt-cache", "pkgnames", beginning))
                .output()
                .lines()
                .toList();
    }

    @Override
    public List<String> providersOf(PkgName name) throws IOException, InterruptedException {
        String shown = host.commands()
                .run(Command.of("apt-cache", "showpkg", name.toString()))
                .output();
        int reverse = shown.indexOf("Reverse Provides:");
        return reverse < 0
                ? List.of()
                : shown.substring(reverse)
                        .lines()
                        .skip(1)
                        .filter(line -> line.indexOf(' ') > 0)
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .distinct()
                        .toList();
    }

    @Override
    public boolean areKnown() {
        return true;
    }

    @Override
    public boolean isOlderThan(Duration age) throws IOException, InterruptedException {
        return AptLists.of(host).isOlderThan(age);
    }

    @Override
    public boolean isBehindSources() throws IOException, InterruptedException {
        return AptLists.of(host).isBehindSources();
    }

    @Override
    public boolean isRefreshed() throws IOException, InterruptedException {
        return AptLists.of(host).isRefreshed();
    }

    @Override
    public Optional<String> refresh(Duration lockTimeout) throws IOException, InterruptedException {
        return AptLists.of(host).refresh(lockTimeout);
    }

    private void ask(List<String> names) throws IOException, InterruptedException {
        for (int from = 0; from < names.size(); from += NAMES_OF_A_PROCESS) {
            List<String> argv = new ArrayList<>(List.of("apt-cache", "policy"));
            argv.addAll(names.subList(from, Math.min(names.size(), from + NAMES_OF_A_PROCESS)));
            CommandResult result = host.commands().run(Command.of(argv));
            if (!result.succeeded()) {
                throw AptFailure.of("apt-cache policy", result);
            }
            read(result.output());
        }
        asked.addAll(names);
    }

    private void read(String output) {
        String name = "";
        Optional<String> candidate = Optional.empty();
        List<String> versions = new ArrayList<>();
        for (String line : (Iterable<String>) output.lines()::iterator) {
            if (line.startsWith("  Candidate: ")) {
                candidate =
                        Optional.of(line.substring("  Candidate: ".length())).filter(text -> !text.equals("(none)"));
            } else if (isVersion(line)) {
                int end = line.indexOf(' ', COLUMN_OF_VERSIONS);
                versions.add(line.substring(COLUMN_OF_VERSIONS, end < 0 ? line.length() : end));
            } else if (!line.isEmpty() && line.charAt(0) != ' ' && line.endsWith(":")) {
                remember(name, candidate, versions);
                name = line.substring(0, line.length() - 1);
                candidate = Optional.empty();
                versions = new ArrayList<>();
            }
        }
        remember(name, candidate, versions);
    }

    private void remember(String name, Optional<String> candidate, List<String> versions) {
        if (!name.isEmpty()) {
            known.put(name, new Policy(candidate, List.copyOf(versions)));
        }
    }

    private static boolean isVersion(String line) {
        return line.length() > COLUMN_OF_VERSIONS
                && (line.startsWith("     ") || line.startsWith(" *** "))
                && line.charAt(COLUMN_OF_VERSIONS) != ' ';
    }
}
