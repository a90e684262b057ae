package dev.converge.converger;

/**
 * The time that a worker has for what it has in hand. Either the worker ends it or the {@link Watch} gives it up: who
 * comes first has the say on what came of it.
 */
final class Stint {
    /** The one of every worker that nobody watches. */
    static final Stint UNWATCHED = new Stint(Thread.currentThread(), new Hand(), Deadline.NONE);

    private enum State {
        WORKING,
        INTERRUPTED,
        GIVEN_UP,
        ENDED
    }

    private final Thread worker;
    private final Hand hand;
    private final Deadline deadline;
    private final long began = System.nanoTime();
    private State state = State.WORKING;

    Stint(Thread worker, Hand hand, Deadline deadline) {
        this.worker = worker;
        this.hand = hand;
        this.deadline = deadline;
    }

    Hand hand() {
        return hand;
    }

    Deadline deadline() {
        return deadline;
    }

    /** In {@link System#nanoTime()}. */
    long began() {
        return began;
    }

    /**
     * Called by the worker when it has done all and before it tells of it.
     *
     * @return false when it was given up: whatever came of it, the worker has no say any more
     */
    boolean end() {
        if (this == UNWATCHED) {
            return true;
        }
        synchronized (this) {
            if (state == State.INTERRUPTED) {
                Thread.interrupted(); // Was meant for this stint, and not for the next.
            }
            if (state != State.GIVEN_UP) {
                state = State.ENDED;
            }
            return state == State.ENDED;
        }
    }

    synchronized void interrupt() {
        if (state == State.WORKING) {
            state = State.INTERRUPTED;
            worker.interrupt();
        }
    }

    /** Leaves the worker to itself, unless it has just ended. */
    synchronized boolean giveUp() {
        if (state == State.ENDED) {
            return false;
        }
        state = State.GIVEN_UP;
        return true;
    }
}
