package dev.converge.pkg;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.CommandResult;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Installs and removes all packages at once where that goes, and else finds out which of them is in the way. */
final class Transaction {
    /** Says whether a package is now as it is wanted. */
    interface Goal {
        boolean isReached(Change<PkgResource> change) throws IOException, InterruptedException;
    }

    private final PackageManager manager;
    private final Installer installer;
    private final Goal goal;
    private final Map<ResourceId, ResourceFailure> failed;

    /** @param failed gets the changes that fail */
    Transaction(PackageManager manager, Goal goal, Map<ResourceId, ResourceFailure> failed) {
        this.manager = manager;
        this.installer = manager.installer();
        this.goal = goal;
        this.failed = failed;
    }

    /** One transaction for those with equal terms; when it fails, one for each that is left. */
    void install(List<Installation> all) throws IOException, InterruptedException {
        Map<Terms, List<Installation>> groups = all.stream()
                .collect(Collectors.groupingBy(Installation::terms, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<Terms, List<Installation>> group : groups.entrySet()) {
            installTogether(group.getKey(), group.getValue());
        }
    }

    private void installTogether(Terms terms, List<Installation> group) throws IOException, InterruptedException {
        CommandResult result =
                installer.install(group.stream().map(Installation::word).toList(), terms);
        if (!result.succeeded()) {
            settle(group, result);
        }
    }

    /** One bad package makes the program fail, whatever else it has installed: what counts is what is there now. */
    private void settle(List<Installation> group, CommandResult result) throws IOException, InterruptedException {
        manager.installedChanged();
        List<Installation> left = new ArrayList<>();
        for (Installation one : group) {
            if (!goal.isReached(one.change())) {
                left.add(one);
            }
        }
        for (Installation one : left) {
            if (group.size() == 1 || installer.isLocked(result)) {
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
        Terms terms = Terms.of(group.get(0).desired(), false, group.stream().anyMatch(Transaction::isHeld));
        List<PkgName> names =
                group.stream().map(change -> change.desired().name()).toList();
        Set<String> others;
        try {
            others = installer.othersRemoved(names, terms);
        } catch (ResourceFailure e) {
            group.forEach(change -> failed.put(change.id(), e));
            return;
        }
        CommandResult result = others.isEmpty() ? installer.remove(names, purge, terms) : null;
        if (result != null && result.succeeded()) {
            return;
        }
        if (group.size() > 1 && (result == null || !installer.isLocked(result))) {
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

    private static ResourceFailure dependedOn(Change<PkgResource> change, Set<String> others) {
        return new ResourceFailure(
                "Removing the package \"" + change.desired().name() + "\" would remove others that need it: "
                        + String.join(", ", others) + ".",
                "Declare them absent too, or keep it.");
    }

    private ResourceFailure failure(String doing, Change<PkgResource> change, CommandResult result) {
        return installer.failure(doing + " the package \"" + change.desired().name() + "\"", result);
    }
}
