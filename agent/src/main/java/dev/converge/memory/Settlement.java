package dev.converge.memory;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Repeats;
import dev.converge.model.ResourceId;
import dev.converge.report.Cause;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.Unmanaged;
import dev.converge.schema.TypeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is to be remembered after a run: of what it applied, the new; of all else, what is known already. */
final class Settlement {
    /** How long it is told of a resource that it is declared no longer. */
    private static final Duration GONE_FOR = Duration.ofDays(30);

    private final SiteMemory last;
    private final TypeRegistry types;
    private final SiteIdentity site;
    private final boolean current;
    private final List<Gone> newlyGone = new ArrayList<>();
    private final Map<ResourceId, Applied> applied = new LinkedHashMap<>();
    private boolean whole = true;
    private boolean partial;

    /** @param current whether what is remembered has the fingerprints of the site as it is now */
    Settlement(SiteMemory last, TypeRegistry types, SiteIdentity site, boolean current) {
        this.last = last;
        this.types = types;
        this.site = site;
        this.current = current;
    }

    /** Tells one desired value of a resource from another. */
    interface Prints {
        Map<String, String> of(Declared<?> declared);
    }

    SiteMemory next(Report report, Catalog catalog, Prints prints) {
        String commit = current ? "" : site.commit().orElse("");
        partial = report.resources().size() < catalog.resources().size();
        if (partial) {
            keepOthers(catalog);
        }
        for (ResourceReport resource : report.resources()) {
            remember(resource, prints, commit);
        }
        long now = report.run().started().getEpochSecond();
        for (Applied one : last.applied().values()) {
            if (catalog.indexOf(one.id()) < 0 && isThing(one)) {
                newlyGone.add(new Gone(one.id(), one.place(), one.commit(), now));
            }
        }
        List<Gone> gone = new ArrayList<>();
        for (Gone one : last.gone()) {
            if (catalog.indexOf(one.id()) < 0 && one.since() > now - GONE_FOR.toSeconds()) {
                gone.add(one);
            }
        }
        gone.addAll(newlyGone);
        return new SiteMemory(last.key(), last.site(), applied, gone);
    }

    /** What a run of some resources has not looked at stays as it is known. */
    private void keepOthers(Catalog catalog) {
        whole = current;
        for (Applied one : last.applied().values()) {
            if (catalog.indexOf(one.id()) >= 0) {
                applied.put(one.id(), one);
                whole &= one.corrections() == 0;
            }
        }
    }

    private void remember(ResourceReport resource, Prints prints, String commit) {
        Declared<?> declared = resource.declared();
        Applied before = last.applied().get(declared.id());
        boolean done = isApplied(resource.outcome());
        whole &= done;
        if (!done && before != null) {
            applied.put(declared.id(), before);
        }
        if (!done && (before != null || !isDrift(resource.outcome()))) {
            return;
        }
        int corrections = corrections(resource, before);
        whole &= corrections == 0;
        Applied now = current && before != null
                ? before.corrected(corrections)
                : new Applied(
                        declared.id(),
                        declared.ensure(),
                        declared.source().toString(),
                        commit,
                        corrections,
                        prints.of(declared));
        applied.put(declared.id(), now);
    }

    /** Runs of all are counted: those of some come as often as something moves, and say nothing of habits. */
    private int corrections(ResourceReport resource, Applied before) {
        int known = before == null ? 0 : before.corrections();
        if (partial) {
            return known;
        }
        return isCorrection(resource) && before != null ? known + 1 : 0;
    }

    /** Whether the host is, or was for a moment, as the manifest says. */
    private static boolean isApplied(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.made().isPresent();
        }
        return !(outcome instanceof Outcome.Skipped
                || outcome instanceof Outcome.Pending
                || outcome instanceof Outcome.PendingRefresh);
    }

    /** Whether it was left alone since nothing was known of it: the next run must not take it for a new one. */
    private static boolean isDrift(Outcome outcome) {
        return outcome instanceof Outcome.Pending pending
                && pending.hold().filter(Outcome.Hold.Drift.class::isInstance).isPresent();
    }

    private static boolean isCorrection(ResourceReport resource) {
        boolean again = resource.declared().desired() instanceof Repeats work && work.repeats();
        return resource.outcome() instanceof Outcome.Changed
                && (again
                        || resource.causes()
                                .filter(causes -> causes.whole() == Cause.HOST)
                                .isPresent());
    }

    /** Whether it left something on the host that stays there: a command that ran did not, for all one knows. */
    private boolean isThing(Applied one) {
        return one.ensure() == Ensure.PRESENT
                && types.find(one.id().type())
                        .map(schema -> schema.absentable())
                        .orElse(true);
    }

    /** Whether all that is declared is remembered as it is declared, and nothing is to be counted. */
    boolean isWhole() {
        return whole;
    }

    /** Those that an earlier run applied, and that this one is the first not to declare. */
    List<Unmanaged> newlyGone() {
        return newlyGone.stream().map(Settlement::told).toList();
    }

    static Unmanaged told(Gone gone) {
        Optional<String> commit = Optional.of(gone.commit()).filter(known -> !known.isEmpty());
        return new Unmanaged(gone.id(), gone.place(), commit);
    }

    /** Those that had to be changed in this run, and in how many in a row. */
    List<Restless> restless(Report report) {
        List<Restless> found = new ArrayList<>();
        if (partial) {
            return found;
        }
        for (ResourceReport resource : report.resources()) {
            Applied now = applied.get(resource.declared().id());
            if (now != null && now.corrections() > 0 && isCorrection(resource)) {
                found.add(new Restless(resource, now.corrections()));
            }
        }
        return found;
    }
}
