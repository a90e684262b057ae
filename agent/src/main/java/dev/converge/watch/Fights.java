package dev.converge.watch;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Durations;
import dev.converge.model.ResourceId;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Leaves alone for a while what something else changes back each time: otherwise two programs would undo each other as
 * fast as they can. One that stays quiet for as long as it was left alone is watched as before.
 */
final class Fights {
    private final FightRules rules;
    private final LongSupplier clock;
    private final Map<ResourceId, Fight> fights = new HashMap<>();

    /** @param clock counts nanoseconds */
    Fights(FightRules rules, LongSupplier clock) {
        this.rules = rules;
        this.clock = clock;
    }

    private static final class Fight {
        private final Deque<Long> corrections = new ArrayDeque<>();
        private Duration pause = Duration.ZERO;
        private long ends;
        private boolean resting;
        private boolean moved;
        private Optional<Diagnostic> told = Optional.empty();
    }

    /** Those of what has moved that are to be looked at now; the others are kept in mind. */
    synchronized Set<ResourceId> admit(Set<ResourceId> moved) {
        if (fights.isEmpty()) {
            return moved;
        }
        Set<ResourceId> admitted = new LinkedHashSet<>();
        for (ResourceId id : moved) {
            Fight fight = fights.get(id);
            if (fight == null || !fight.resting) {
                admitted.add(id);
            } else {
                fight.moved = true;
            }
        }
        return admitted;
    }

    /** Those that were left alone long enough, and have moved meanwhile. */
    synchronized Set<ResourceId> released() {
        long now = clock.getAsLong();
        Set<ResourceId> due = new LinkedHashSet<>();
        fights.forEach((id, fight) -> {
            if (fight.resting && fight.ends - now <= 0) {
                fight.resting = false;
                fight.ends = now + fight.pause.toNanos();
                if (fight.moved) {
                    due.add(id);
                }
                fight.moved = false;
            }
        });
        fights.values().removeIf(fight -> isOver(fight, now));
        return due;
    }

    /** Whether it has been quiet for as long as it was left alone, or, before it was, for as long as counts. */
    private boolean isOver(Fight fight, long now) {
        if (fight.resting) {
            return false;
        }
        if (!fight.pause.isZero()) {
            return fight.ends - now <= 0;
        }
        return now - fight.corrections.getLast() > rules.within().toNanos();
    }

    /** In how many nanoseconds {@link #released} has something to say. */
    synchronized OptionalLong next() {
        long now = clock.getAsLong();
        return fights.values().stream()
                .filter(fight -> fight.resting)
                .mapToLong(fight -> fight.ends - now)
                .min();
    }

    /** Takes note of what a run had to put right; returns a warning for each that is left alone from now on. */
    synchronized List<Diagnostic> settle(Report report) {
        List<Diagnostic> told = new ArrayList<>();
        for (ResourceReport resource : report.resources()) {
            if (isDrift(resource)) {
                note(resource, told);
            }
        }
        return told;
    }

    private void note(ResourceReport resource, List<Diagnostic> told) {
        long now = clock.getAsLong();
        Fight fight = fights.computeIfAbsent(resource.declared().id(), any -> new Fight());
        if (!fight.pause.isZero()) {
            Duration twice = fight.pause.multipliedBy(2);
            rest(fight, twice.compareTo(rules.longest()) > 0 ? rules.longest() : twice, now);
            return;
        }
        fight.corrections.addLast(now);
        while (now - fight.corrections.getFirst() > rules.within().toNanos()) {
            fight.corrections.removeFirst();
        }
        if (fight.corrections.size() >= rules.corrections()) {
            rest(fight, rules.first(), now);
            Diagnostic warning = warning(resource);
            fight.told = Optional.of(warning);
            told.add(warning);
        }
    }

    /** What was told of those that have not ended. */
    synchronized List<Diagnostic> going() {
        long now = clock.getAsLong();
        return fights.values().stream()
                .filter(fight -> !isOver(fight, now))
                .flatMap(fight -> fight.told.stream())
                .toList();
    }

    private static void rest(Fight fight, Duration pause, long now) {
        fight.pause = pause;
        fight.ends = now + pause.toNanos();
        fight.resting = true;
    }

    private static boolean isDrift(ResourceReport resource) {
        if (resource.outcome() instanceof Outcome.Pending pending) {
            return pending.hold().filter(Outcome.Hold.Drift.class::isInstance).isPresent();
        }
        return resource.outcome() instanceof Outcome.Changed && resource.isCorrective();
    }

    private Diagnostic warning(ResourceReport resource) {
        ResourceId id = resource.declared().id();
        return Diagnostic.warning(
                        Code.FLAPPING,
                        "Something changes it back each time",
                        id + " has moved " + rules.corrections() + " times within "
                                + Durations.format(rules.within())
                                + ". Between runs of all it is looked at once in " + Durations.format(rules.first())
                                + " now, and ever more rarely until that ends, at least once in "
                                + Durations.format(rules.longest()) + ".")
                .at(resource.declared().source())
                .suggest("Look for a program, a package or another tool that writes it too, or leave it to that:"
                        + " onDrift 'report'.");
    }
}
