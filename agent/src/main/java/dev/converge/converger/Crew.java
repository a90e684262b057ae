package dev.converge.converger;

import java.util.ArrayList;
import java.util.List;

/**
 * The threads that walk a plan together: the caller's, and as many more as there is work for. Where there are limits of
 * time, the caller's thread works nothing and looks at the clock, so that no turn can keep it from ending the run.
 */
final class Crew {
    private final Walk walk;
    private final Turns turns;
    private final Watch watch;
    private final List<Thread> helpers = new ArrayList<>();
    private int places;
    private volatile boolean complete;
    private volatile boolean interrupted;
    private volatile boolean outOfTime;
    private volatile Throwable broken;

    Crew(Walk walk, Turns turns, int jobs, Watch watch) {
        this.walk = walk;
        this.turns = turns;
        this.watch = watch;
        this.places = watch == Watch.NONE ? jobs - 1 : jobs;
        this.complete = places == 0;
    }

    /** Works until nothing is left or the walk is stopped. Interrupting the caller's thread stops the walk. */
    void work() {
        if (watch == Watch.NONE) {
            loop();
            for (Thread helper : helpers()) {
                join(helper);
            }
        } else {
            supervise();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (broken != null) {
            throw new IllegalStateException("a run broke down", broken);
        }
    }

    /** Whether it was the time limit of the run that stopped the walk. */
    boolean outOfTime() {
        return outOfTime;
    }

    private void loop() {
        Hand hand = new Hand();
        Stint stint = Stint.UNWATCHED;
        try {
            while (walk.next(hand)) {
                if (hand.moreWait() && !complete) {
                    hire();
                }
                stint = watch.begin(hand, turns.deadline(hand));
                if (!turns.take(hand, walk, stint)) {
                    return;
                }
                watch.end(stint);
                if (Thread.interrupted()) {
                    interrupt();
                }
            }
        } catch (InterruptedException e) {
            interrupt();
        } catch (RuntimeException | Error e) {
            if (!stint.end()) {
                return;
            }
            broken = e;
            walk.stop();
        }
        watch.leave();
    }

    private synchronized void hire() {
        if (helpers.size() < places) {
            Thread helper = new Thread(this::loop, "converge-" + (helpers.size() + 2));
            helper.setDaemon(true);
            helpers.add(helper);
            watch.enter();
            helper.start();
        }
        complete = helpers.size() >= places;
    }

    private synchronized List<Thread> helpers() {
        return List.copyOf(helpers);
    }

    private void interrupt() {
        interrupted = true;
        walk.stop();
    }

    private void join(Thread helper) {
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }

    private void supervise() {
        hire();
        while (!watch.isOver()) {
            try {
                watch.await().ifPresent(this::giveUp);
            } catch (InterruptedException e) {
                interrupt();
            }
            if (watch.isLimitReached() && walk.stop()) {
                outOfTime = true;
            }
        }
    }

    /** The run goes on without the worker, and with another one in its place. */
    private void giveUp(Stint lost) {
        try {
            turns.giveUp(lost, walk);
        } catch (RuntimeException | Error e) {
            broken = e;
            walk.stop();
        }
        walk.end(lost.hand());
        synchronized (this) {
            places++;
        }
        hire();
    }
}
