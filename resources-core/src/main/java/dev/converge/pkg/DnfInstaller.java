package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** dnf(8): it asks nothing, and waits for another one no longer than it may. */
final class DnfInstaller implements Installer {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final long PAUSE_MILLIS = 500;
    private static final String NEEDED = " is needed by (installed) ";

    private final Host host;

    DnfInstaller(Host host) {
        this.host = host;
    }

    static String nameWord(PkgName name) {
        return name.architecture().map(word -> name.name() + "." + word).orElse(name.name());
    }

    @Override
    public String word(PkgName name, Optional<String> version) {
        String architecture = name.architecture().map(word -> "." + word).orElse("");
        return name.name() + version.map(text -> "-" + text).orElse("") + architecture;
    }

    /** The version that is named is installed whether it is newer or older than the one that is there. */
    @Override
    public CommandResult install(List<String> words, Terms terms) throws IOException, InterruptedException {
        List<String> argv = start("install", terms);
        terms.recommends().ifPresent(wanted -> argv.add("--setopt=install_weak_deps=" + (wanted ? "True" : "False")));
        argv.addAll(terms.options());
        argv.addAll(words);
        return waiting(argv, terms.lockTimeout(), LONGEST);
    }

    /** Dependencies that nothing needs any more stay: the manifest does not name them. */
    @Override
    public CommandResult remove(List<PkgName> names, boolean purge, Terms terms)
            throws IOException, InterruptedException {
        List<String> argv = start("remove", terms);
        argv.add("--setopt=clean_requirements_on_remove=False");
        argv.addAll(terms.options());
        names.forEach(name -> argv.add(nameWord(name)));
        return waiting(argv, terms.lockTimeout(), LONGEST);
    }

    private List<String> start(String action, Terms terms) {
        List<String> argv = new ArrayList<>(List.of(Rpm.program(host), "-y", action));
        if (terms.held() && DnfSettings.hasLockPlugin(host)) {
            argv.add("--disableplugin=versionlock");
        }
        return argv;
    }

    @Override
    public Set<String> othersRemoved(List<PkgName> names, Terms terms) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("rpm", "-e", "--test", "--allmatches"));
        names.forEach(name -> argv.add(nameWord(name)));
        Set<String> others = new TreeSet<>();
        CommandResult result = waiting(Command.of(argv), terms.lockTimeout());
        for (String line : (Iterable<String>) result.errors().lines()::iterator) {
            int needed = line.indexOf(NEEDED);
            if (needed >= 0) {
                others.add(line.substring(needed + NEEDED.length()).strip());
            }
        }
        if (others.isEmpty() && !result.succeeded()) {
            throw DnfFailure.of("Finding out what else would be removed", result, host);
        }
        return others;
    }

    /** A lock is made for the version that is installed; one of another version is released first. */
    @Override
    public Optional<ResourceFailure> hold(Map<PkgName, Boolean> wanted, Terms terms)
            throws IOException, InterruptedException {
        Set<String> locked = DnfSettings.locked(host);
        List<String> released = new ArrayList<>();
        List<String> held = new ArrayList<>();
        wanted.forEach((name, hold) -> {
            if (locked.contains(name.name())) {
                released.add(nameWord(name));
            }
            if (hold) {
                held.add(nameWord(name));
            }
        });
        Optional<ResourceFailure> failure = lock("delete", released, terms);
        return failure.isPresent() ? failure : lock("add", held, terms);
    }

    private Optional<ResourceFailure> lock(String action, List<String> words, Terms terms)
            throws IOException, InterruptedException {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        List<String> argv = new ArrayList<>(List.of(Rpm.program(host), "-q", "versionlock", action));
        argv.addAll(words);
        CommandResult result = waiting(argv, terms.lockTimeout(), LONGEST);
        if (result.succeeded()) {
            return Optional.empty();
        }
        return Optional.of(
                (result.errors() + result.output()).contains("No such command")
                        ? new ResourceFailure(
                                "This host's dnf cannot keep a package at its version: it has no versionlock.",
                                "Declare pkg 'python3-dnf-plugin-versionlock' before it.")
                        : DnfFailure.of("dnf versionlock " + action, result, host));
    }

    /** Tries again while another program has dnf's lock: by itself dnf would wait for ever, and not say for whom. */
    CommandResult waiting(List<String> argv, Duration lockTimeout, Duration longest)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(argv);
        words.add(1, "--setopt=exit_on_lock=True");
        return waiting(Command.of(words).timeout(longest), lockTimeout);
    }

    private CommandResult waiting(Command command, Duration lockTimeout) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(lockTimeout);
        CommandResult result = host.commands().run(command);
        while (DnfFailure.isLocked(result) && Instant.now().isBefore(end)) {
            Thread.sleep(PAUSE_MILLIS);
            result = host.commands().run(command);
        }
        return result;
    }

    @Override
    public ResourceFailure failure(String what, CommandResult result) {
        return DnfFailure.of(what, result, host);
    }

    @Override
    public Setback setback(CommandResult result) {
        return Setback.of(DnfFailure.isGeneral(result));
    }
}
