package dev.converge.pkg;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** apk(8): it keeps the host as its list of wanted packages, the world, says; this changes the world. */
final class ApkInstaller implements Installer {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final List<String> GENERAL =
            List.of("No space left on device", "Read-only file system", "Permission denied");

    /** {@code required by: world[name=1.0]}. */
    private static final Pattern WANTED = Pattern.compile("world\\[([^\\]=<>~@]+)");

    private static final int LAST_LINES = 4;
    private static final int MOST_LINES = 6;
    private static final String KEPT_BY = "not removed due to:";

    private final Host host;

    ApkInstaller(Host host) {
        this.host = host;
    }

    @Override
    public String word(PkgName name, Optional<String> version) {
        return name.name() + version.map(text -> "=" + text).orElse("");
    }

    @Override
    public CommandResult install(List<String> words, Terms terms) throws IOException, InterruptedException {
        return run(line("add", words, terms), terms.lockTimeout());
    }

    /** Dependencies that nothing wants any more go too: apk has no other way. */
    @Override
    public CommandResult remove(List<PkgName> names, boolean purge, Terms terms)
            throws IOException, InterruptedException {
        List<String> argv = line("del", names.stream().map(PkgName::name).toList(), terms);
        if (purge) {
            argv.add(1, "--purge");
        }
        return run(argv, terms.lockTimeout());
    }

    /** apk removes nothing that another package needs: it says what keeps it. */
    @Override
    public Set<String> othersRemoved(List<PkgName> names, Terms terms) throws IOException, InterruptedException {
        List<String> argv = line("del", names.stream().map(PkgName::name).toList(), terms);
        argv.add(1, "--simulate");
        Set<String> others = new TreeSet<>();
        boolean kept = false;
        for (String line :
                (Iterable<String>) run(argv, terms.lockTimeout()).output().lines()::iterator) {
            if (line.contains(KEPT_BY)) {
                kept = true;
            } else if (kept && line.startsWith("  ") && line.indexOf(':') > 0) {
                others.addAll(
                        List.of(line.substring(line.indexOf(':') + 1).strip().split("\\s+")));
            } else {
                kept = false;
            }
        }
        return others;
    }

    private static List<String> line(String action, List<String> words, Terms terms) {
        List<String> argv = new ArrayList<>(List.of(action));
        argv.addAll(terms.options());
        argv.addAll(words);
        return argv;
    }

    /** The world names the version of a package that stays at it. */
    @Override
    public Optional<ResourceFailure> hold(Map<PkgName, Boolean> wanted, Terms terms)
            throws IOException, InterruptedException {
        ApkDatabase installed = ApkDatabase.of(host);
        List<String> words = new ArrayList<>();
        wanted.forEach((name, held) ->
                words.add(word(name, held ? installed.find(name).map(InstalledPackage::version) : Optional.empty())));
        CommandResult result = run(line("add", words, terms), terms.lockTimeout());
        return result.succeeded() ? Optional.empty() : Optional.of(failureOf("apk add", result));
    }

    CommandResult run(List<String> words, Duration lockTimeout) throws IOException, InterruptedException {
        List<String> argv =
                new ArrayList<>(List.of("apk", "--no-progress", "--wait", String.valueOf(lockTimeout.toSeconds())));
        argv.addAll(words);
        return host.commands().run(Command.of(argv).timeout(LONGEST.plus(lockTimeout)));
    }

    @Override
    public ResourceFailure failure(String what, CommandResult result) {
        return failureOf(what, result);
    }

    static ResourceFailure failureOf(String what, CommandResult result) {
        if (locked(result)) {
            return new ResourceFailure(
                    "The package database is locked by another process.", "Wait for its end, or raise lockTimeout.");
        }
        if (result.timedOut()) {
            return new ResourceFailure(what + " did not end in time and was ended.\n" + result.lastLines(LAST_LINES));
        }
        String said = (result.errors() + "\n" + result.output())
                .lines()
                .filter(line -> line.startsWith("ERROR: ") || line.startsWith("  "))
                .map(String::strip)
                .distinct()
                .limit(MOST_LINES)
                .collect(Collectors.joining("\n"));
        return new ResourceFailure(what + " failed:\n" + (said.isEmpty() ? result.lastLines(LAST_LINES) : said));
    }

    @Override
    public Setback setback(CommandResult result) {
        String said = result.errors() + "\n" + result.output();
        boolean general =
                locked(result) || result.timedOut() || GENERAL.stream().anyMatch(said::contains);
        Set<String> wanted = new TreeSet<>();
        Matcher matcher = WANTED.matcher(said);
        while (matcher.find()) {
            wanted.add(matcher.group(1));
        }
        return new Setback(general, false, Map.of(), wanted);
    }

    private static boolean locked(CommandResult result) {
        return result.errors().contains("Unable to lock database");
    }
}
