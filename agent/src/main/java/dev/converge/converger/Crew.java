package dev.converge.converger;

import java.util.ArrayList;
import java.util.List;

/** The threads that walk a plan together: the caller's, and as many more as there is work for. */
final class Crew {
    private final Walk walk;
    private final Turns turns;
    private final int jobs;
    private final List<Thread> helpers = new ArrayList<>();
    private volatile boolean complete;
    private volatile boolean interrupted;
    private volatile Throwable broken;

    Crew(Walk walk, Turns turns, int jobs) {
        this.walk = walk;
        this.turns = turns;
        this.jobs = jobs;
        this.complete = jobs == 1;
    }

    /** Works until nothing is left or the walk is stopped. Interrupting the caller's thread stops the walk. */
    void work() {
        loop();
        for (Thread helper : helpers()) {
            join(helper);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (broken != null) {
            throw new IllegalStateException("a run broke down", broken);
        }
    }

    private void loop() {
        Hand hand = new Hand();
        try {
            while (walk.next(hand)) {
                if (hand.moreWait() && !complete) {
                    hire();
                }
                turns.take(hand, walk);
                if (Thread.interrupted()) {
                    interrupt();
                }
            }
        } catch (InterruptedException e) {
            interrupt();
        } catch (RuntimeException | Error e) {
            broken = e;
            walk.stop();
        }
    }

    private synchronized void hire() {
        if (helpers.size() < jobs - 1) {
            Thread helper = new Thread(this::loop, "converge-" + (helpers.size() + 2));
            helper.setDaemon(true);
            helpers.add(helper);
            helper.start();
        }
        complete = helpers.size() >= jobs - 1;
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
}
