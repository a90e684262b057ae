package dev.converge.report;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.ResourceId;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.Refresh;
import java.time.ZonedDateTime;
import java.util.Optional;

/** What came of one resource in a run. */
public sealed interface Outcome {

    /**
     * The host is as the manifest says.
     *
     * @param message what the resource has to say, for a type that announces something such as {@code notice}
     */
    record InSync(Optional<Text> message) implements Outcome {}

    /**
     * The host was changed.
     *
     * @param change what was changed
     * @param refresh what came of its refresh, when something that notifies it has changed
     */
    record Changed(Change<?> change, Optional<Refresh> refresh) implements Outcome {}

    /** The resource itself was in sync, and was refreshed because something that notifies it has changed. */
    record Refreshed() implements Outcome {}

    /**
     * The resource is in sync, and something that notifies it has changed or would change; a refresh had nothing to do.
     *
     * @param because a clause, such as {@code it is not running}
     */
    record NotRefreshed(String because) implements Outcome {}

    /**
     * The host would be changed: the run is a dry one, the resource is in no-op, or something holds it back.
     *
     * @param change what would be changed, as far as it can be told
     * @param once the pending resource that has to be there before the change can be judged; when present, the change
     *     is expected rather than observed
     * @param refresh what would come of its refresh, when something that notifies it would change
     * @param hold what the change waits for, where it is neither the run nor no-op
     */
    record Pending(Change<?> change, Optional<ResourceId> once, Optional<Refresh> refresh, Optional<Hold> hold)
            implements Outcome {
        /** A change that nothing holds back but the kind of the run, or no-op. */
        public Pending(Change<?> change, Optional<ResourceId> once, Optional<Refresh> refresh) {
            this(change, once, refresh, Optional.empty());
        }

        /** Whether the change is expected from what comes before it rather than observed. */
        public boolean speculative() {
            return once.isPresent();
        }
    }

    /**
     * The resource is in sync, and would be refreshed because something that notifies it would change, or has changed.
     *
     * @param hold what the refresh waits for, where it is neither the run nor no-op
     */
    record PendingRefresh(Optional<Hold> hold) implements Outcome {
        /** A refresh that nothing holds back but the kind of the run, or no-op. */
        public PendingRefresh() {
            this(Optional.empty());
        }
    }

    /** What a change waits for that a live run could make. */
    sealed interface Hold {
        /**
         * The resource may only be changed in its maintenance window, and that is shut.
         *
         * @param opens when it opens next
         */
        record Window(ZonedDateTime opens) implements Hold {}

        /**
         * It comes after another resource that waits.
         *
         * @param id the one that waits; of several, the first in the order of the catalog
         */
        record Behind(ResourceId id) implements Hold {}

        /** The host has moved while the manifest has not, and that is only to be reported. */
        record Drift() implements Hold {}
    }

    /**
     * The resource could not be observed, changed or refreshed.
     *
     * @param diagnostic why and what to do, secrets masked
     * @param made the change that was made before a refresh failed
     * @param trace where a bug showed itself, secrets masked; for those who ask for it
     */
    record Failed(Diagnostic diagnostic, Optional<Change<?>> made, Optional<String> trace) implements Outcome {}

    /** The resource did not get its turn. */
    record Skipped(Because because) implements Outcome {}

    /** Why a resource did not get its turn. */
    sealed interface Because {
        /**
         * Something that has to come before it failed.
         *
         * @param id the resource that failed; where several did, the first in the order of the catalog
         */
        record DependencyFailed(ResourceId id) implements Because {
            @Override
            public String toString() {
                return id + " failed";
            }
        }

        /** It has none of the tags that the run was limited to. */
        record NotTagged() implements Because {
            @Override
            public String toString() {
                return "it has none of the wanted tags";
            }
        }

        /** The time limit of the run was reached. */
        record TimeLimit() implements Because {
            @Override
            public String toString() {
                return "the time limit of the run was reached";
            }
        }

        /** The run was told to stop. */
        record Interrupted() implements Because {
            @Override
            public String toString() {
                return "the run was interrupted";
            }
        }
    }
}
