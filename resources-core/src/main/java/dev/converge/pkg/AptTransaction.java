package dev.converge.pkg;

import dev.converge.model.ResourceId;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs apt-get so that it asks nothing, waits for its turn and takes all packages at once. */
final class AptTransaction {
    static final Map<String, Text> ENVIRONMENT = Map.of(
            "DEBIAN_FRONTEND", Text.of("noninteractive"),
            "DEBIAN_PRIORITY", Text.of("critical"),
            "NEEDRESTART_MODE", Text.of("a"),
            "APT_LISTCHANGES_FRONTEND", Text.of("none"),
            "APT_LISTBUGS_FRONTEND", Text.of("none"));
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Says whether a package is now as it is wanted. */
    interface Goal {
        boolean isReached(Change<PkgResource> change) throws IOException, InterruptedException;
    }

    private final Host host;
    private final Goal goal;
    private final Map<ResourceId, ResourceFailure> failed;

    /** @param failed gets the changes that fail */
    AptTransaction(Host host, Goal goal, Map<ResourceId, ResourceFailure> failed) {
        this.host = host;
        this.goal = goal;
        this.failed = failed;
    }

    /** One transaction for those with equal terms; when it fails, one for each that is left. */
    void install(List<Installation> all) throws IOException, InterruptedException {
        Map<AptTerms, List<Installation>> groups = all.stream()
                .collect(Collectors.groupingBy(Installation::terms, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<AptTerms, List<Installation>> group : groups.entrySet()) {
            installTogether(group.getKey(), group.getValue());
        }
    }

    private void installTogether(AptTerms terms, List<Installation> group) throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("apt-get", "install", "--no-remove"));
        argv.addAll(terms.words());
        argv.add("--");
        group.forEach(one -> argv.add(one.word()));
        CommandResult result = run(argv, terms);
        if (!result.succeeded()) {
            settle(group, result);
        }
    }

    /** One bad package makes apt-get fail, whatever else it has installed: what counts is what is there now. */
    private void settle(List<Installation> group, CommandResult result) throws IOException, InterruptedException {
        host.invalidate(DpkgDatabase.class);
        List<Installation> left = new ArrayList<>();
        for (Installation one : group) {
            if (!goal.isReached(one.change())) {
                left.add(one);
            }
        }
        for (Installation one : left) {
            if (group.size() == 1 || AptFailure.isLocked(result)) {
                failed.put(one.change().id(), failure("installing", one.change(), result));
            } else {
                installTogether(one.terms(), List.of(one));
            }
        }
    }

    /** Removes packages of equal purge, unless others would go with them. */
    void remove(List<Change<PkgResource>> group, boolean purge) throws IOException, InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        PkgResource first = group.get(0).desired();
        List<String> argv = new ArrayList<>(List.of("apt-get", purge ? "purge" : "remove"));
        AptTerms terms = AptTerms.of(first, false, group.stream().anyMatch(AptTransaction::isHeld));
        argv.addAll(terms.words());
        argv.add("--");
        group.forEach(change -> argv.add(change.desired().name().toString()));
        Set<String> others = othersRemoved(argv, group, terms);
        CommandResult result = others.isEmpty() ? run(argv, terms) : null;
        if (result != null && result.succeeded()) {
            return;
        }
        if (group.size() > 1 && (result == null || !AptFailure.isLocked(result))) {
            for (Change<PkgResource> change : group) {
                remove(List.of(change), purge);
            }
            return;
        }
        for (Change<PkgResource> change : group) {
            failed.put(change.id(), result == null ? dependedOn(change, others) : failure("removing", change, result));
        }
    }

    private static boolean isHeld(Change<PkgResource> change) {
        return change.before().flatMap(PkgResource::hold).orElse(false);
    }

    private Set<String> othersRemoved(List<String> argv, List<Change<PkgResource>> group, AptTerms terms)
            throws IOException, InterruptedException {
        List<String> simulation = new ArrayList<>(argv);
        simulation.add(1, "--simulate");
        Set<String> removed = new TreeSet<>();
        for (String line : run(simulation, terms).output().split("\n")) {
            String[] words = line.split(" ");
            if (words.length > 1 && (words[0].equals("Remv") || words[0].equals("Purg"))) {
                removed.add(words[1]);
            }
        }
        DpkgDatabase installed = DpkgDatabase.of(host);
        group.forEach(
                change -> removed.remove(installed.shortName(change.desired().name())));
        return removed;
    }

    private static ResourceFailure dependedOn(Change<PkgResource> change, Set<String> others) {
        return new ResourceFailure(
                "Removing the package \"" + change.desired().name() + "\" would remove others that need it: "
                        + String.join(", ", others) + ".",
                "Declare them absent too, or keep it.");
    }

    private static ResourceFailure failure(String doing, Change<PkgResource> change, CommandResult result) {
        return AptFailure.of(doing + " the package \"" + change.desired().name() + "\"", result);
    }

    private CommandResult run(List<String> argv, AptTerms terms) throws IOException, InterruptedException {
        return host.commands()
                .run(Command.of(argv).environment(ENVIRONMENT).timeout(LONGEST.plus(terms.lockTimeout())));
    }
}
