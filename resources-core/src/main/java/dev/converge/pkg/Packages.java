package dev.converge.pkg;

import dev.converge.model.ResourceId;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at packages and changes many of them in one transaction, whichever package manager the host has. */
final class Packages {
    private static final PkgVersion ONLY_CONFIGURATION = PkgVersion.broken("only configuration files");

    private final Host host;
    private final PackageManager manager;

    private Packages(Host host, PackageManager manager) {
        this.host = host;
        this.manager = manager;
    }

    static Packages of(Host host) {
        return new Packages(host, PackageManager.of(host));
    }

    Optional<PkgResource> observe(PkgResource desired) throws IOException, InterruptedException {
        Optional<InstalledPackage> found = manager.find(desired.name());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        InstalledPackage there = found.get();
        return switch (there.state()) {
            case CONFIGURATION ->
                desired.purge()
                        ? Optional.of(desired.observed(ONLY_CONFIGURATION, there.held(), Optional.empty()))
                        : Optional.empty();
            case BROKEN ->
                Optional.of(desired.observed(PkgVersion.broken(there.shown()), there.held(), Optional.empty()));
            case WHOLE -> Optional.of(desired.observed(version(desired, there), there.held(), source(desired, there)));
        };
    }

    private PkgVersion version(PkgResource desired, InstalledPackage there) throws IOException, InterruptedException {
        PkgVersion exact = PkgVersion.exact(there.version(), manager.order());
        if (desired.version().kind() != PkgVersion.Kind.LATEST) {
            return exact;
        }
        if (desired.source().isPresent()) {
            return PkgVersion.LATEST;
        }
        Offers offers = manager.offers();
        boolean behind = offers.find(desired.name())
                .flatMap(Policy::candidate)
                .filter(newest -> manager.order().compare(newest, there.version()) > 0)
                .isPresent();
        return behind || !offers.areKnown() ? exact : PkgVersion.LATEST;
    }

    /** The package file, when the package is from one of its version. */
    private Optional<PkgSource> source(PkgResource desired, InstalledPackage there)
            throws IOException, InterruptedException {
        Optional<PackageFile> file =
                desired.source().isPresent() ? manager.file(desired.source().get()) : Optional.empty();
        return file.filter(found -> manager.order().compare(found.version(), there.version()) == 0)
                .flatMap(found -> desired.source());
    }

    /** What {@link #apply} would fail at. Reads only. */
    Map<ResourceId, ResourceFailure> check(List<Change<PkgResource>> changes) throws IOException, InterruptedException {
        Map<ResourceId, ResourceFailure> failed = new LinkedHashMap<>();
        Optional<ResourceFailure> refused = Rights.lacksRoot("change packages", host);
        if (refused.isPresent()) {
            changes.forEach(change -> failed.put(change.id(), refused.get()));
            return failed;
        }
        removals(changes, failed);
        List<Change<PkgResource>> wanted = resolvable(changes);
        Offers offers = manager.offers();
        offers.expect(names(listed(wanted)));
        for (Change<PkgResource> change : wanted) {
            PkgResource desired = change.desired();
            boolean unknown = desired.source().isEmpty() && isUnknown(desired);
            // What the lists do not know now, they may know once a run has refreshed them.
            boolean open = desired.version().isCertain()
                    ? offers.isOlderThan(desired.updateMaxAge())
                    : offers.isBehindSources();
            if (!unknown || !open) {
                resolve(change, new Resolution(manager), failed);
            }
        }
        return failed;
    }

    /** Makes the changes, and returns those that failed. */
    Map<ResourceId, ResourceFailure> apply(List<Change<PkgResource>> changes) throws IOException, InterruptedException {
        Map<ResourceId, ResourceFailure> failed = new LinkedHashMap<>();
        Transaction transaction = new Transaction(manager, this::isAsWanted, failed);
        List<Change<PkgResource>> removals = removals(changes, failed);
        List<Installation> installations = new ArrayList<>();
        List<Change<PkgResource>> wanted = resolvable(changes);
        Optional<String> trouble = refreshLists(wanted);
        Resolution resolution = new Resolution(manager);
        for (Change<PkgResource> change : wanted) {
            resolve(change, resolution, failed).ifPresent(installations::add);
        }
        try {
            transaction.remove(having(removals, false), false);
            keepSettings(having(removals, true));
            transaction.remove(having(removals, true), true);
            transaction.install(installations);
        } finally {
            if (!removals.isEmpty() || !installations.isEmpty()) {
                anythingChanged();
            }
        }
        setHolds(changes, failed);
        verify(changes, failed);
        trouble.ifPresent(text -> failed.replaceAll((id, failure) -> with(failure, text)));
        return failed;
    }

    private void keepSettings(List<Change<PkgResource>> purged) throws IOException {
        for (Change<PkgResource> change : purged) {
            for (Path file : ConfigurationFiles.of(change.desired().name(), host)) {
                host.backups().keep(file);
            }
        }
    }

    /** Packages bring accounts, units and files of their own; only that the lists are fresh is still true. */
    private void anythingChanged() throws IOException, InterruptedException {
        boolean refreshed = Refreshed.of(host).done();
        host.invalidateAll();
        if (refreshed) {
            Refreshed.of(host).mark();
        }
    }

    private static ResourceFailure with(ResourceFailure failure, String trouble) {
        return new ResourceFailure(
                failure.getMessage() + "\nThe lists of packages could not be refreshed either. " + trouble,
                failure.advice().orElse(""));
    }

    private static List<Change<PkgResource>> having(List<Change<PkgResource>> removals, boolean purge) {
        return removals.stream()
                .filter(change -> change.desired().purge() == purge)
                .toList();
    }

    /** The removals that may be. */
    private List<Change<PkgResource>> removals(
            List<Change<PkgResource>> changes, Map<ResourceId, ResourceFailure> failed)
            throws IOException, InterruptedException {
        List<Change<PkgResource>> removals = new ArrayList<>();
        for (Change<PkgResource> change : changes) {
            if (change.action() != Action.DELETE) {
                continue;
            }
            if (manager.find(change.desired().name())
                    .filter(InstalledPackage::vital)
                    .isPresent()) {
                failed.put(
                        change.id(),
                        new ResourceFailure(
                                "The package \"" + change.desired().name()
                                        + "\" is essential: the system does not work without it.",
                                "Keep it."));
            } else {
                removals.add(change);
            }
        }
        return removals;
    }

    private static List<Change<PkgResource>> resolvable(List<Change<PkgResource>> changes) {
        return changes.stream()
                .filter(change -> change.action() == Action.CREATE
                        || (change.action() == Action.UPDATE && (change.names("version") || change.names("source"))))
                .toList();
    }

    private static Optional<Installation> resolve(
            Change<PkgResource> change, Resolution resolution, Map<ResourceId, ResourceFailure> failed)
            throws IOException, InterruptedException {
        try {
            return Optional.of(resolution.of(change));
        } catch (ResourceFailure e) {
            failed.put(change.id(), e);
            return Optional.empty();
        }
    }

    /** Those that come from the lists. */
    private static List<PkgResource> listed(List<Change<PkgResource>> changes) {
        return changes.stream()
                .map(Change::desired)
                .filter(desired -> desired.source().isEmpty())
                .toList();
    }

    private static List<PkgName> names(List<PkgResource> resources) {
        return resources.stream().map(PkgResource::name).toList();
    }

    private boolean isUnknown(PkgResource desired) throws IOException, InterruptedException {
        return manager.offers()
                .find(desired.name())
                .flatMap(policy -> policy.best(desired.version(), manager.order()))
                .isEmpty();
    }

    /** Fetches the lists where they are too old for a package, or do not know what is wanted; what went wrong with it. */
    private Optional<String> refreshLists(List<Change<PkgResource>> changes) throws IOException, InterruptedException {
        List<PkgResource> listed = listed(changes);
        Offers offers = manager.offers();
        if (listed.isEmpty() || offers.isRefreshed()) {
            return Optional.empty();
        }
        offers.expect(names(listed));
        for (PkgResource desired : listed) {
            if (offers.isOlderThan(desired.updateMaxAge()) || isUnknown(desired)) {
                Optional<String> trouble = offers.refresh(desired.lockTimeout());
                manager.offersChanged();
                manager.offers().expect(names(listed));
                return trouble;
            }
        }
        return Optional.empty();
    }

    private void setHolds(List<Change<PkgResource>> changes, Map<ResourceId, ResourceFailure> failed)
            throws IOException, InterruptedException {
        Map<PkgName, Boolean> holds = new LinkedHashMap<>();
        List<Change<PkgResource>> holding = new ArrayList<>();
        for (Change<PkgResource> change : changes) {
            // Some package managers release a package that they were allowed to change, so a hold that is kept is set
            // again.
            Optional<Boolean> hold = change.desired().hold();
            if (change.action() != Action.DELETE && hold.isPresent() && !failed.containsKey(change.id())) {
                holds.put(change.desired().name(), hold.get());
                holding.add(change);
            }
        }
        if (holds.isEmpty()) {
            return;
        }
        Terms terms = Terms.of(holding.get(0).desired(), false, true);
        Optional<ResourceFailure> failure = manager.installer().hold(holds, terms);
        manager.installedChanged();
        failure.ifPresent(reason -> holding.forEach(change -> failed.put(change.id(), reason)));
    }

    /** Looks whether what is said to have been done is so. */
    private void verify(List<Change<PkgResource>> changes, Map<ResourceId, ResourceFailure> failed)
            throws IOException, InterruptedException {
        for (Change<PkgResource> change : changes) {
            if (!isAsWanted(change)) {
                String state = manager.find(change.desired().name())
                        .map(there -> there.shown() + " " + there.version())
                        .orElse("not installed");
                failed.putIfAbsent(
                        change.id(),
                        new ResourceFailure(manager.name() + " reported success, but the package \""
                                + change.desired().name() + "\" is now: " + state + "."));
            }
        }
    }

    private boolean isAsWanted(Change<PkgResource> change) throws IOException, InterruptedException {
        PkgResource desired = change.desired();
        Optional<PkgResource> now = observe(desired);
        if (change.action() == Action.DELETE) {
            return now.isEmpty();
        }
        return now.isPresent()
                && desired.version().satisfiedBy(now.get().version())
                && desired.source().equals(now.get().source());
    }
}
