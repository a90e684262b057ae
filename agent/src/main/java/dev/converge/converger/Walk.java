package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How far a run has come in its plan: what may run now, and what the ends of some mean for those after them. Workers
 * share one; its monitor guards everything, and is taken once per turn.
 */
final class Walk {
    private static final int NOBODY = Integer.MAX_VALUE;

    private final Plan plan;
    private final int[] waiting;
    private final Ready ready;
    private int unfinished;
    private int idle;
    private boolean stopped;

    /** Per resource, the type that changes its resources together, counted from 1; 0 for the others. */
    private final int[] groups;

    private final BitSet inHand = new BitSet();
    private final BitSet busyGroups = new BitSet();
    private final BitSet parked = new BitSet();

    /** Per resource, the first of those before it that failed. */
    private final int[] failed;

    /** Per resource, the pending one before it; one that is not directly before it has the plan's size added. */
    private final int[] pending;

    /** Per resource, the first of those before it that waits for something outside of the run. */
    private final int[] held;

    /** Per resource, whether something before it was not in sync. */
    private final boolean[] stirred;

    private final boolean[] notified;

    /** Per resource, whether something that notifies it was changed, rather than would be. */
    private final boolean[] owed;

    /**
     * @param groups per resource, a number from 1 for a type that changes its resources together; 0 for the others
     * @param refreshes those that earlier runs should have refreshed
     */
    Walk(Plan plan, int[] groups, BitSet refreshes) {
        this.plan = plan;
        this.groups = groups;
        waiting = plan.predecessors();
        ready = new Ready(plan.size());
        stirred = new boolean[plan.size()];
        notified = new boolean[plan.size()];
        owed = new boolean[plan.size()];
        failed = new int[plan.size()];
        pending = new int[plan.size()];
        held = new int[plan.size()];
        unfinished = plan.size();
        Arrays.fill(failed, NOBODY);
        Arrays.fill(pending, NOBODY);
        Arrays.fill(held, NOBODY);
        for (int i = refreshes.nextSetBit(0); i >= 0; i = refreshes.nextSetBit(i + 1)) {
            notified[i] = true;
            owed[i] = true;
        }
        for (int i = 0; i < waiting.length; i++) {
            if (waiting[i] == 0) {
                ready.add(i);
            }
        }
    }

    /**
     * Ends the turns in hand and takes the next: the first ready resource in the catalog's order, and with it all ready
     * ones of its type when the type changes them together. Waits while others may still make some ready.
     *
     * @return false when there is nothing left to take
     */
    synchronized boolean next(Hand hand) throws InterruptedException {
        finish(hand);
        while (ready.isEmpty() && unfinished > 0 && !stopped) {
            idle++;
            try {
                wait();
            } finally {
                idle--;
            }
        }
        if (ready.isEmpty() || stopped) {
            notifyAll();
            return false;
        }
        take(hand);
        for (int i = 0; i < hand.count(); i++) {
            inHand.set(hand.number(i));
        }
        hand.moreWait(!ready.isEmpty() && idle == 0);
        if (!ready.isEmpty() && idle > 0) {
            notifyAll();
        }
        return true;
    }

    /** Ends the turns in hand for a worker that does not come back. */
    synchronized void end(Hand hand) {
        finish(hand);
        notifyAll();
    }

    /** From now on nothing is taken; what is in hand goes on. Returns false when that was so already. */
    synchronized boolean stop() {
        boolean first = !stopped;
        stopped = true;
        notifyAll();
        return first;
    }

    /** Waits; returns false as soon as the walk is stopped. */
    synchronized boolean pause(Duration time) throws InterruptedException {
        Deadline end = Deadline.in(time, System.nanoTime(), "pause");
        for (long left = time.toNanos(); left > 0 && !stopped; left = end.left().toNanos()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
        return !stopped;
    }

    /** Those that have their turn now. */
    synchronized List<ResourceId> inHand() {
        return inHand.stream()
                .mapToObj(plan::resource)
                .<ResourceId>map(Declared::id)
                .toList();
    }

    private void take(Hand hand) {
        int number = ready.takeLowest();
        hand.add(number);
        int group = groups[number];
        if (group == 0) {
            return;
        }
        busyGroups.set(group);
        if (plan.isAlone(number)) {
            return;
        }
        for (int other = ready.next(number); other >= 0; other = ready.next(other + 1)) {
            if (groups[other] == group && !plan.isAlone(other)) {
                ready.remove(other);
                hand.add(other);
            }
        }
    }

    private void finish(Hand hand) {
        for (int i = 0; i < hand.count(); i++) {
            finish(hand, i);
        }
        if (hand.count() > 0) {
            release(groups[hand.number(0)]);
        }
        hand.clear();
    }

    private void finish(Hand hand, int at) {
        int number = hand.number(at);
        unfinished--;
        inHand.clear(number);
        int failure = hand.has(at, Hand.FAILED) ? number : failed[number];
        int pendingBefore = hand.has(at, Hand.PENDING) ? number : inherited(pending[number]);
        int waits = hand.has(at, Hand.HELD) ? Math.min(number, held[number]) : held[number];
        boolean notifies = hand.has(at, Hand.NOTIFIES);
        boolean changed = hand.has(at, Hand.CHANGED);
        boolean moved = stirred[number] || hand.has(at, Hand.ANY);
        int end = plan.endOfEdges(number);
        for (int edge = plan.firstEdge(number); edge < end; edge++) {
            int target = plan.target(edge);
            failed[target] = Math.min(failed[target], failure);
            pending[target] = Math.min(pending[target], pendingBefore);
            held[target] = Math.min(held[target], waits);
            stirred[target] |= moved;
            if (plan.notifies(edge)) {
                notified[target] |= notifies;
                owed[target] |= changed;
            }
            if (--waiting[target] == 0) {
                enter(target);
            }
        }
    }

    /** Two transactions of one type at once would lock each other out, so what comes late waits for the first to end. */
    private void enter(int number) {
        if (busyGroups.get(groups[number])) {
            parked.set(number);
        } else {
            ready.add(number);
        }
    }

    private void release(int group) {
        if (group == 0) {
            return;
        }
        busyGroups.clear(group);
        for (int number = parked.nextSetBit(0); number >= 0; number = parked.nextSetBit(number + 1)) {
            if (groups[number] == group) {
                parked.clear(number);
                ready.add(number);
            }
        }
    }

    /** Makes the nearest pending resource win: one that comes directly before counts less than the size of the plan. */
    private int inherited(int before) {
        return before == NOBODY ? NOBODY : before % plan.size() + plan.size();
    }

    // What the answers below speak of is settled when a resource is taken, so whoever took it needs no lock to ask.

    /** The resource whose failure keeps this one from its turn; -1 when there is none. */
    int failedBefore(int number) {
        return failed[number] == NOBODY ? -1 : failed[number];
    }

    /** The pending resource that this one comes after: a direct one if there is one, else one further up; or -1. */
    int pendingBefore(int number) {
        return pending[number] == NOBODY ? -1 : pending[number] % plan.size();
    }

    /** The resource that waits, so that this one waits too; -1 when there is none. */
    int heldBefore(int number) {
        return held[number] == NOBODY ? -1 : held[number];
    }

    /** Whether something before it, also indirectly, was changed or could not be. */
    boolean isStirred(int number) {
        return stirred[number];
    }

    boolean isNotified(int number) {
        return notified[number];
    }

    /** Whether a refresh is due that does not hang on changes that were only foreseen; settled when the walk is over. */
    boolean isOwed(int number) {
        return owed[number];
    }
}
