package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.Outcome;
import dev.converge.report.RunKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens to a change once it is known: the one thing in which a dry run differs from a live one. */
public sealed interface Applier {
    /** Makes every change. */
    static Applier live() {
        return live(Journal.silent());
    }

    /** Makes every change, and writes down beforehand which. */
    static Applier live(Journal journal) {
        return live(journal, Approval.ofAll());
    }

    /** Makes the changes that somebody approved; any other fails its resource. */
    static Applier live(Journal journal, Approval approval) {
        return new Live(journal, approval);
    }

    /** Makes none, and reports what would be made; never writes. */
    static Applier dryRun() {
        return DryRun.DRY_RUN;
    }

    RunKind kind();

    /** Where it is written down what is done. */
    Journal journal();

    /** Hears of a change that was found and that can be made. */
    void plan(Change<?> change) throws IOException;

    /** Makes a change. That it failed is for the caller to write down, who finds out how far it came. */
    <R extends Resource> void apply(Provider<R> provider, Due<R> due, Host host)
            throws IOException, InterruptedException;

    /** Applies changes together; returns those that failed, which the caller writes down. */
    <R extends Resource> Map<ResourceId, ResourceFailure> applyAll(
            BatchProvider<R> provider, List<Due<R>> due, Host host) throws IOException, InterruptedException;

    /**
     * Refreshes a resource.
     *
     * @param change the resource's own change in this run
     * @param notifies those that are to be refreshed after it
     */
    <R extends Resource> Refresh refresh(
            Provider<R> provider,
            Declared<R> declared,
            Optional<Change<R>> change,
            List<ResourceId> notifies,
            Host host)
            throws IOException, InterruptedException;

    /** The outcome of a change that was applied without failure. */
    Outcome changed(Change<?> change, Optional<Refresh> refresh);

    /** The outcome of a resource that was in sync and then refreshed. */
    Outcome refreshed();

    private static <R extends Resource> List<Change<R>> changes(List<Due<R>> due) {
        return due.stream().map(Due::change).toList();
    }

    /**
     * Applies for real.
     *
     * @param journal where it is written down what is done
     * @param approval what may be done
     */
    record Live(Journal journal, Approval approval) implements Applier {
        private static final Outcome REFRESHED = new Outcome.Refreshed();

        @Override
        public RunKind kind() {
            return RunKind.LIVE;
        }

        @Override
        public void plan(Change<?> change) throws IOException {
            approval.check(change);
            journal.planned(change);
        }

        @Override
        public <R extends Resource> void apply(Provider<R> provider, Due<R> due, Host host)
                throws IOException, InterruptedException {
            journal.started(due.change(), due.notifies());
            provider.apply(due.change(), host);
            journal.done(due.id());
        }

        @Override
        public <R extends Resource> Map<ResourceId, ResourceFailure> applyAll(
                BatchProvider<R> provider, List<Due<R>> due, Host host) throws IOException, InterruptedException {
            for (Due<R> one : due) {
                journal.started(one.change(), one.notifies());
            }
            Map<ResourceId, ResourceFailure> failed = provider.applyAll(changes(due), host);
            for (Due<R> one : due) {
                if (!failed.containsKey(one.id())) {
                    journal.done(one.id());
                }
            }
            return failed;
        }

        @Override
        public <R extends Resource> Refresh refresh(
                Provider<R> provider,
                Declared<R> declared,
                Optional<Change<R>> change,
                List<ResourceId> notifies,
                Host host)
                throws IOException, InterruptedException {
            if (!approval.allowsRefresh(declared)) {
                return unapproved(provider, declared, change, host);
            }
            journal.refreshing(declared.id());
            Refresh refresh;
            try {
                refresh = provider.refresh(declared.desired(), change, host);
            } catch (IOException | InterruptedException | RuntimeException | Error e) {
                journal.failed(declared.id(), List.of());
                throw e;
            }
            journal.refreshed(declared.id(), refresh.isDone() ? notifies : List.of());
            return refresh;
        }

        /** A refresh that has nothing to do needs no approval. */
        private static <R extends Resource> Refresh unapproved(
                Provider<R> provider, Declared<R> declared, Optional<Change<R>> change, Host host)
                throws IOException, InterruptedException {
            Refresh foreseen = provider.checkRefresh(declared.desired(), change, host);
            if (foreseen.isDone()) {
                throw new ResourceFailure(
                        "A refresh of it is not in the plan, so it was not refreshed.",
                        "Refresh it by hand, or make a new plan.");
            }
            return foreseen;
        }

        @Override
        public Outcome changed(Change<?> change, Optional<Refresh> refresh) {
            return new Outcome.Changed(change, refresh);
        }

        @Override
        public Outcome refreshed() {
            return REFRESHED;
        }
    }

    /** Leaves the host alone. */
    enum DryRun implements Applier {
        DRY_RUN;

        private static final Outcome PENDING_REFRESH = new Outcome.PendingRefresh();

        @Override
        public RunKind kind() {
            return RunKind.DRY_RUN;
        }

        @Override
        public Journal journal() {
            return Journal.silent();
        }

        @Override
        public void plan(Change<?> change) {}

        @Override
        public <R extends Resource> void apply(Provider<R> provider, Due<R> due, Host host) {}

        @Override
        public <R extends Resource> Map<ResourceId, ResourceFailure> applyAll(
                BatchProvider<R> provider, List<Due<R>> due, Host host) throws IOException, InterruptedException {
            return provider.checkAll(changes(due), host);
        }

        @Override
        public <R extends Resource> Refresh refresh(
                Provider<R> provider,
                Declared<R> declared,
                Optional<Change<R>> change,
                List<ResourceId> notifies,
                Host host)
                throws IOException, InterruptedException {
            return provider.checkRefresh(declared.desired(), change, host);
        }

        @Override
        public Outcome changed(Change<?> change, Optional<Refresh> refresh) {
            return new Outcome.Pending(change, Optional.empty(), refresh);
        }

        @Override
        public Outcome refreshed() {
            return PENDING_REFRESH;
        }
    }
}
