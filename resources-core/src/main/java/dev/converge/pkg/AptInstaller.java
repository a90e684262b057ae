package dev.converge.pkg;

import dev.converge.model.Text;
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

/** apt-get(8), and dpkg(1) for what is on hold. */
final class AptInstaller implements Installer {
    static final Map<String, Text> ENVIRONMENT = Map.of(
            "DEBIAN_FRONTEND", Text.of("noninteractive"),
            "DEBIAN_PRIORITY", Text.of("critical"),
            "NEEDRESTART_MODE", Text.of("a"),
            "APT_LISTCHANGES_FRONTEND", Text.of("none"),
            "APT_LISTBUGS_FRONTEND", Text.of("none"));
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Host host;

    AptInstaller(Host host) {
        this.host = host;
    }

    @Override
    public String word(PkgName name, Optional<String> version) {
        return version.map(text -> name + "=" + text).orElse(name.toString());
    }

    @Override
    public CommandResult install(List<String> words, Terms terms) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("apt-get", "install", "--no-remove"));
        argv.addAll(options(terms));
        argv.add("--");
        argv.addAll(words);
        return run(argv, terms);
    }

    @Override
    public CommandResult remove(List<PkgName> names, boolean purge, Terms terms)
            throws IOException, InterruptedException {
        return run(removal(List.of("apt-get", purge ? "purge" : "remove"), names, terms), terms);
    }

    @Override
    public Set<String> othersRemoved(List<PkgName> names, Terms terms) throws IOException, InterruptedException {
        Set<String> removed = new TreeSet<>();
        List<String> simulation = removal(List.of("apt-get", "--simulate", "remove"), names, terms);
        CommandResult result = run(simulation, terms);
        if (!result.succeeded()) {
            throw AptFailure.of("Finding out what else would be removed", result);
        }
        for (String line : result.output().split("\n")) {
            String[] words = line.split(" ");
            if (words.length > 1 && (words[0].equals("Remv") || words[0].equals("Purg"))) {
                removed.add(words[1]);
            }
        }
        DpkgDatabase installed = DpkgDatabase.of(host);
        names.forEach(name -> removed.remove(installed.shortName(name)));
        return removed;
    }

    private static List<String> removal(List<String> start, List<PkgName> names, Terms terms) {
        List<String> argv = new ArrayList<>(start);
        argv.addAll(options(terms));
        argv.add("--");
        names.forEach(name -> argv.add(name.toString()));
        return argv;
    }

    @Override
    public Optional<ResourceFailure> hold(Map<PkgName, Boolean> wanted, Terms terms)
            throws IOException, InterruptedException {
        StringBuilder selections = new StringBuilder();
        wanted.forEach((name, held) -> selections.append(name).append(held ? " hold\n" : " install\n"));
        CommandResult result =
                host.commands().run(Command.of("dpkg", "--set-selections").input(Text.of(selections.toString())));
        return result.succeeded() ? Optional.empty() : Optional.of(AptFailure.of("dpkg --set-selections", result));
    }

    @Override
    public ResourceFailure failure(String what, CommandResult result) {
        return AptFailure.of(what, result);
    }

    @Override
    public Setback setback(CommandResult result) {
        return AptSetback.of(result);
    }

    private static List<String> options(Terms terms) {
        List<String> words = new ArrayList<>(List.of(
                "-y",
                "-q",
                "-o",
                "DPkg::Lock::Timeout=" + terms.lockTimeout().toSeconds(),
                "-o",
                "Dpkg::Use-Pty=0",
                "-o",
                "Dpkg::Options::="
                        + (terms.configFiles() == ConfigFiles.KEEP ? "--force-confold" : "--force-confnew")));
        terms.recommends().ifPresent(wanted -> words.add(wanted ? "--install-recommends" : "--no-install-recommends"));
        if (terms.downgrades()) {
            words.add("--allow-downgrades");
        }
        if (terms.held()) {
            words.add("--allow-change-held-packages");
        }
        words.addAll(terms.options());
        return words;
    }

    private CommandResult run(List<String> argv, Terms terms) throws IOException, InterruptedException {
        return host.commands()
                .run(Command.of(argv).environment(ENVIRONMENT).timeout(LONGEST.plus(terms.lockTimeout())));
    }
}
