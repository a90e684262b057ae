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
import java.util.Optional;
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

    /** The change at which something came up that no other would get past. */
    private Optional<ResourceId> stuck = Optional.empty();

    /** @param failed gets the changes that fail */
    Transaction(PackageManager manager, Goal goal, Map<ResourceId, ResourceFailure> failed) {
        this.manager = manager;
        this.installer = manager.installer();
        this.goal = goal;
        this.failed = failed;
    }

    /** One transaction for those with equal terms; when it fails, those that are not to blame are tried again. */
    void install(List<Installation> all) throws IOException, InterruptedException {
        Map<Terms, List<Installation>> groups = all.stream()
                .collect(Collectors.groupingBy(Installation::terms, LinkedHashMap::new, Collectors.toList()));
        for (List<Installation> group : groups.values()) {
            installTogether(group);
        }
    }

    private void installTogether(List<Installation> group) throws IOException, InterruptedException {
        if (group.isEmpty()) {
            return;
        }
        if (stuck.isPresent()) {
            group.forEach(one -> failed.put(one.change().id(), alike(stuck.get())));
            return;
        }
        CommandResult result = installer.install(
                group.stream().map(Installation::word).toList(), group.get(0).terms());
        if (!result.succeeded()) {
            manager.installedChanged();
            settle(group, result);
        }
    }

    /** One bad package makes the program fail, whatever else it has installed: what counts is what is there now. */
    private void settle(List<Installation> group, CommandResult result) throws IOException, InterruptedException {
        List<Installation> left = new ArrayList<>();
        for (Installation one : group) {
            if (!goal.isReached(one.change())) {
                left.add(one);
            }
        }
        if (left.isEmpty()) {
            return;
        }
        Setback setback = installer.setback(result);
        boolean unreachable = setback.unreachable() && left.stream().allMatch(one -> isIn(setback.suspected(), one));
        if (group.size() == 1 || setback.general() || unreachable) {
            fail(left, result);
            stuck = setback.general() ? Optional.of(left.get(0).change().id()) : stuck;
            return;
        }
        tryAgain(left, setback);
    }

    /** The bad ones are found by halves where they are not known: few of many take few more transactions. */
    private void tryAgain(List<Installation> left, Setback setback) throws IOException, InterruptedException {
        List<Installation> rest = new ArrayList<>();
        List<Installation> suspects = new ArrayList<>();
        boolean anyBroken = false;
        for (Installation one : left) {
            if (isIn(setback.broken().keySet(), one)) {
                anyBroken = true;
                String said = setback.broken().get(name(one));
                failed.put(
                        one.change().id(),
                        new ResourceFailure(doing("installing", one.change()) + " failed:\n" + said));
            } else {
                (isIn(setback.suspected(), one) ? suspects : rest).add(one);
            }
        }
        if (anyBroken || !(rest.isEmpty() || suspects.isEmpty())) {
            installTogether(rest);
            installTogether(suspects);
            return;
        }
        int half = left.size() / 2;
        installTogether(left.subList(0, half));
        installTogether(left.subList(half, left.size()));
    }

    private static boolean isIn(Set<String> names, Installation one) {
        return names.contains(name(one));
    }

    private static String name(Installation one) {
        return one.change().desired().name().name();
    }

    /** What holds for all is told once. */
    private void fail(List<Installation> left, CommandResult result) {
        Change<PkgResource> first = left.get(0).change();
        failed.put(first.id(), installer.failure(doing("installing", first), result));
        left.stream().skip(1).forEach(one -> failed.put(one.change().id(), alike(first.id())));
    }

    private static ResourceFailure alike(ResourceId first) {
        return new ResourceFailure("It was to be installed with " + first + ", which tells why that failed.");
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
        if (group.size() > 1 && (result == null || !installer.setback(result).general())) {
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
        return installer.failure(doing(doing, change), result);
    }

    private static String doing(String doing, Change<PkgResource> change) {
        return doing + " the package \"" + change.desired().name() + "\"";
    }
}
