package dev.converge.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A thread that listens to something that comes and goes: it begins again after each end, ever more rarely while none lasts. */
final class Listening implements AutoCloseable {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Conversation conversation;
    private final Thread thread;
    private volatile boolean closed;

    /** One conversation, from its beginning to its end. */
    interface Conversation {
        void hold() throws IOException, InterruptedException;
    }

    Listening(String name, Conversation conversation) {
        this.conversation = conversation;
        this.thread = new Thread(this::listen, "converge-watch-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    boolean isClosed() {
        return closed;
    }

    private void listen() {
        Duration pause = FIRST;
        try {
            while (!closed) {
                long began = System.nanoTime();
                try {
                    conversation.hold();
                } catch (IOException e) {
                    // It is not there, or has ended: runs of all look at what it would tell.
                }
                boolean lasted = System.nanoTime() - began > LONGEST.toNanos();
                pause = lasted ? FIRST : pause;
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                pause = pause.compareTo(LONGEST.dividedBy(2)) > 0 ? LONGEST : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            // It was closed.
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
