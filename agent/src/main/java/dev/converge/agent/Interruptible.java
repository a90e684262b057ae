package dev.converge.agent;

import java.util.Optional;

/** Lets the agent end at once while its loop only waits, for another run or a remote: its thread is interrupted then. */
final class Interruptible {
    private volatile Optional<Thread> waiting = Optional.empty();
    private volatile boolean stopped;

    /** Something that may take long, and changes nothing on the host. */
    interface Step {
        boolean take() throws InterruptedException;
    }

    /** Takes a step, and counts as waiting meanwhile; takes none, and returns false, when the agent is to end. */
    boolean during(Step step) throws InterruptedException {
        waiting = Optional.of(Thread.currentThread());
        try {
            return !stopped && step.take();
        } finally {
            ends();
        }
    }

    /** This thread waits from now on, until {@link #ends}; in vain, when the agent is to end. */
    void begins() {
        waiting = Optional.of(Thread.currentThread());
        if (stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it does from now on must not be interrupted. */
    void ends() {
        waiting = Optional.empty();
    }

    /** The agent is to end. */
    void stop() {
        stopped = true;
        waiting.ifPresent(Thread::interrupt);
    }
}
