package dev.converge.pkg;

import dev.converge.model.ResourceId;
import dev.converge.model.Text;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packages of Debian and its kin, by apt and dpkg. */
final class Apt implements PackageTools {
    private static final PkgVersion ONLY_CONFIGURATION = PkgVersion.broken("only configuration files");

    private final Host host;

    Apt(Host host) {
        this.host = host;
    }

    @Override
    public Optional<PkgResource> observe(PkgResource desired) throws IOException, InterruptedException {
        Optional<DpkgEntry> found = DpkgDatabase.of(host).find(desired.name());
        if (found.isEmpty() || found.get().state().equals("not-installed")) {
            return Optional.empty();
        }
        DpkgEntry entry = found.get();
        if (!entry.isThere()) {
            return desired.purge()
                    ? Optional.of(desired.observed(ONLY_CONFIGURATION, entry.isHeld(), Optional.empty()))
                    : Optional.empty();
        }
        if (!entry.isInstalled()) {
            return Optional.of(desired.observed(PkgVersion.broken(entry.state()), entry.isHeld(), Optional.empty()));
        }
        return Optional.of(desired.observed(version(desired, entry), entry.isHeld(), source(desired, entry)));
    }

    private PkgVersion version(PkgResource desired, DpkgEntry entry) throws IOException, InterruptedException {
        if (desired.version().kind() != PkgVersion.Kind.LATEST) {
            return PkgVersion.exact(entry.version());
        }
        boolean behind = desired.source().isEmpty()
                && Candidates.of(host)
                        .find(desired.name())
                        .flatMap(Policy::candidate)
                        .filter(newest -> DebianVersion.compare(newest, entry.version()) > 0)
                        .isPresent();
        return behind ? PkgVersion.exact(entry.version()) : PkgVersion.LATEST;
    }

    /** The package file, when the package is from one of its version. */
    private Optional<PkgSource> source(PkgResource desired, DpkgEntry entry) throws IOException, InterruptedException {
        Optional<DebFile> file =
                desired.source().isPresent() ? DebFile.read(desired.source().get(), host) : Optional.empty();
        return file.filter(deb -> DebianVersion.compare(deb.version(), entry.version()) == 0)
                .flatMap(deb -> desired.source());
    }

    @Override
    public Map<ResourceId, ResourceFailure> check(List<Change<PkgResource>> changes)
            throws IOException, InterruptedException {
        Map<ResourceId, ResourceFailure> failed = new LinkedHashMap<>();
        removals(changes, failed);
        List<Change<PkgResource>> wanted = resolvable(changes);
        expect(listed(wanted));
        for (Change<PkgResource> change : wanted) {
            PkgResource desired = change.desired();
            boolean unknown = desired.source().isEmpty() && isUnknown(desired);
            AptLists lists = AptLists.of(host);
            // What the lists do not know now, they may know once a run has refreshed them.
            boolean open =
                    desired.version().isCertain() ? lists.isOlderThan(desired.updateMaxAge()) : lists.isBehindSources();
            if (!unknown || !open) {
                resolve(change, Resolution.of(host), failed);
            }
        }
        return failed;
    }

    @Override
    public Map<ResourceId, ResourceFailure> apply(List<Change<PkgResource>> changes)
            throws IOException, InterruptedException {
        Map<ResourceId, ResourceFailure> failed = new LinkedHashMap<>();
        AptTransaction transaction = new AptTransaction(host, this::isAsWanted, failed);
        List<Change<PkgResource>> removals = removals(changes, failed);
        List<Installation> installations = new ArrayList<>();
        List<Change<PkgResource>> wanted = resolvable(changes);
        Optional<String> trouble = refreshLists(wanted);
        Resolution resolution = Resolution.of(host);
        for (Change<PkgResource> change : wanted) {
            resolve(change, resolution, failed).ifPresent(installations::add);
        }
        try {
            transaction.remove(having(removals, false), false);
            transaction.remove(having(removals, true), true);
            transaction.install(installations);
        } finally {
            host.invalidate(DpkgDatabase.class);
            host.invalidate(Candidates.class);
        }
        setHolds(changes, failed);
        verify(changes, failed);
        trouble.ifPresent(text -> failed.replaceAll((id, failure) -> with(failure, text)));
        return failed;
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
        DpkgDatabase installed = DpkgDatabase.of(host);
        List<Change<PkgResource>> removals = new ArrayList<>();
        for (Change<PkgResource> change : changes) {
            if (change.action() != Action.DELETE) {
                continue;
            }
            if (installed.find(change.desired().name()).filter(DpkgEntry::vital).isPresent()) {
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

    /** Those that come from apt's lists. */
    private static List<PkgResource> listed(List<Change<PkgResource>> changes) {
        return changes.stream()
                .map(Change::desired)
                .filter(desired -> desired.source().isEmpty())
                .toList();
    }

    private void expect(List<PkgResource> listed) throws IOException, InterruptedException {
        Candidates.of(host).expect(listed.stream().map(PkgResource::name).toList());
    }

    private boolean isUnknown(PkgResource desired) throws IOException, InterruptedException {
        return Candidates.of(host)
                .find(desired.name())
                .flatMap(policy -> policy.best(desired.version()))
                .isEmpty();
    }

    /** Fetches the lists where they are too old for a package, or do not know what is wanted; what went wrong with it. */
    private Optional<String> refreshLists(List<Change<PkgResource>> changes) throws IOException, InterruptedException {
        List<PkgResource> listed = listed(changes);
        AptLists lists = AptLists.of(host);
        if (listed.isEmpty() || lists.isRefreshed()) {
            return Optional.empty();
        }
        expect(listed);
        for (PkgResource desired : listed) {
            if (lists.isOlderThan(desired.updateMaxAge()) || isUnknown(desired)) {
                Optional<String> trouble = lists.refresh(desired.lockTimeout());
                Candidates.of(host)
                        .expect(listed.stream().map(PkgResource::name).toList());
                return trouble;
            }
        }
        return Optional.empty();
    }

    /** Holds and releases packages in one call of dpkg. */
    private void setHolds(List<Change<PkgResource>> changes, Map<ResourceId, ResourceFailure> failed)
            throws IOException, InterruptedException {
        StringBuilder selections = new StringBuilder();
        List<ResourceId> ids = new ArrayList<>();
        for (Change<PkgResource> change : changes) {
            // apt-get releases a package that it was allowed to change, so a hold that is kept is set again.
            Optional<Boolean> hold = change.desired().hold();
            if (change.action() != Action.DELETE && hold.isPresent() && !failed.containsKey(change.id())) {
                selections.append(change.desired().name()).append(hold.get() ? " hold\n" : " install\n");
                ids.add(change.id());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        CommandResult result =
                host.commands().run(Command.of("dpkg", "--set-selections").input(Text.of(selections.toString())));
        host.invalidate(DpkgDatabase.class);
        if (!result.succeeded()) {
            ids.forEach(id -> failed.put(id, AptFailure.of("dpkg --set-selections", result)));
        }
    }

    /** Looks whether what apt said to have done is so. */
    private void verify(List<Change<PkgResource>> changes, Map<ResourceId, ResourceFailure> failed)
            throws IOException, InterruptedException {
        for (Change<PkgResource> change : changes) {
            if (!isAsWanted(change)) {
                String state = DpkgDatabase.of(host)
                        .find(change.desired().name())
                        .map(entry -> entry.state() + " " + entry.version())
                        .orElse("not installed");
                failed.putIfAbsent(
                        change.id(),
                        new ResourceFailure("apt-get reported success, but the package \""
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
