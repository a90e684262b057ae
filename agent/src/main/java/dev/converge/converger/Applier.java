package dev.converge.converger;

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
        return Live.LIVE;
    }

    /** Makes none, and reports what would be made; never writes. */
    static Applier dryRun() {
        return DryRun.DRY_RUN;
    }

    RunKind kind();

    <R extends Resource> void apply(Provider<R> provider, Change<R> change, Host host)
            throws IOException, InterruptedException;

    /** Applies changes together; returns those that failed. */
    <R extends Resource> Map<ResourceId, ResourceFailure> applyAll(
            BatchProvider<R> provider, List<Change<R>> changes, Host host) throws IOException, InterruptedException;

    <R extends Resource> Refresh refresh(Provider<R> provider, R desired, Optional<Change<R>> change, Host host)
            throws IOException, InterruptedException;

    /** The outcome of a change that was applied without failure. */
    Outcome changed(Change<?> change, Optional<Refresh> refresh);

    /** The outcome of a resource that was in sync and then refreshed. */
    Outcome refreshed();

    /** Applies for real. */
    enum Live implements Applier {
        LIVE;

        private static final Outcome REFRESHED = new Outcome.Refreshed();

        @Override
        public RunKind kind() {
            return RunKind.LIVE;
        }

        @Override
        public <R extends Resource> void apply(Provider<R> provider, Change<R> change, Host host)
                throws IOException, InterruptedException {
            provider.apply(change, host);
        }

        @Override
        public <R extends Resource> Map<ResourceId, ResourceFailure> applyAll(
                BatchProvider<R> provider, List<Change<R>> changes, Host host)
                throws IOException, InterruptedException {
            return provider.applyAll(changes, host);
        }

        @Override
        public <R extends Resource> Refresh refresh(
                Provider<R> provider, R desired, Optional<Change<R>> change, Host host)
                throws IOException, InterruptedException {
            return provider.refresh(desired, change, host);
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
        public <R extends Resource> void apply(Provider<R> provider, Change<R> change, Host host) {}

        @Override
        public <R extends Resource> Map<ResourceId, ResourceFailure> applyAll(
                BatchProvider<R> provider, List<Change<R>> changes, Host host)
                throws IOException, InterruptedException {
            return provider.checkAll(changes, host);
        }

        @Override
        public <R extends Resource> Refresh refresh(
                Provider<R> provider, R desired, Optional<Change<R>> change, Host host)
                throws IOException, InterruptedException {
            return provider.checkRefresh(desired, change, host);
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
