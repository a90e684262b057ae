package dev.converge.plan;

import dev.converge.converger.Approval;
import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets a run make what its plan says; judged anew at each turn, for the host may move while the run goes on. */
final class ApprovedChanges implements Approval {
    private static final String ADVICE = "Look at what has moved, make a new plan, and have it reviewed.";

    private final Map<String, PlannedChange> planned = new HashMap<>();
    private final Fingerprint prints;

    /** What was approved once: when it is tried again, the first try may have made a part of it. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    ApprovedChanges(Forecast forecast, Fingerprint prints) {
        forecast.changes().forEach(change -> planned.put(change.id(), change));
        this.prints = prints;
    }

    @Override
    public <R extends Resource> void check(Change<R> change) {
        PlannedChange approved = planned.get(change.id().toString());
        if (approved == null || approved.action().isEmpty()) {
            throw new ResourceFailure(
                    "This change is not in the plan, so it was not made: " + told(change) + ".", ADVICE);
        }
        if (approved.after().isPresent() || begun.contains(approved.id())) {
            checkAnnounced(approved, change);
            return;
        }
        String observed = prints.observed(change.declared(), change.before());
        boolean same = approved.digests().observed().filter(observed::equals).isPresent()
                && approved.action().get() == change.action()
                && approved.recreated() == change.recreates()
                && approved.names().equals(names(change));
        if (!same) {
            throw new ResourceFailure(
                    "It is not as it was when the plan was made, so it was left as it is: " + told(change)
                            + " was not what was planned.",
                    ADVICE);
        }
        begun.add(approved.id());
    }

    /** What comes before it may have altered what is found; no more may come of it than was announced. */
    private static void checkAnnounced(PlannedChange approved, Change<?> change) {
        boolean removes = change.action() == Action.DELETE;
        boolean announced = removes == (approved.action().get() == Action.DELETE)
                && (!change.recreates() || approved.recreated())
                && approved.names().containsAll(names(change));
        if (!announced) {
            throw new ResourceFailure(
                    "This is more than the plan announced, so it was not made: " + told(change) + ", where "
                            + Divergence.told(approved) + ".",
                    ADVICE);
        }
    }

    private static String told(Change<?> change) {
        String names = String.join(", ", names(change));
        String verb =
                switch (change.action()) {
                    case CREATE -> "to create it";
                    case UPDATE -> change.recreates() ? "to make it anew" : "to update it";
                    case DELETE -> "to remove it";
                };
        return verb + (names.isEmpty() ? "" : " (" + names + ")");
    }

    private static List<String> names(Change<?> change) {
        return change.attributes().stream()
                .map(attribute -> attribute.attribute().name())
                .toList();
    }

    @Override
    public boolean allowsRefresh(Declared<?> declared) {
        PlannedChange approved = planned.get(declared.id().toString());
        return approved != null && approved.refreshed();
    }
}
