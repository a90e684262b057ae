package dev.converge.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Reads one output of a program to its end. A child that the program leaves behind may hold it open for years: then
 * the thread stays, reads and drops, so that the child never meets a closed pipe.
 */
final class OutputReader extends Thread {
    private static final int LIMIT = 1 << 20;
    private static final long SILENCE = TimeUnit.MILLISECONDS.toNanos(200);

    /** How long a child that the program left behind may go on talking before the run goes on without it. */
    private static final long CHATTER = TimeUnit.SECONDS.toNanos(2);

    private final InputStream stream;
    private final BoundedOutput output = new BoundedOutput(LIMIT);
    private volatile long lastByte = System.nanoTime();

    private OutputReader(InputStream stream, long process) {
        super(null, null, "output of process " + process, 64 << 10);
        this.stream = stream;
        setDaemon(true);
    }

    static OutputReader start(InputStream stream, long process) {
        OutputReader reader = new OutputReader(stream, process);
        reader.start();
        return reader;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[16 << 10];
        try (stream) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                lastByte = System.nanoTime();
                synchronized (output) {
                    output.add(buffer, count);
                }
            }
        } catch (IOException e) {
            // The process was killed while its pipe was read: what it said until then is kept.
            lastByte = System.nanoTime();
        }
    }

    /**
     * Waits for the end of the output of a program that has ended, or for a short silence when somebody else holds it
     * open.
     *
     * @param end the {@link System#nanoTime()} when the program ended
     */
    void finish(long end) throws InterruptedException {
        while (isAlive()) {
            long quietAt = Math.max(end, lastByte) + SILENCE;
            long wait = Math.min(quietAt, end + CHATTER) - System.nanoTime();
            if (wait <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedJoin(this, Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
        }
    }

    String text() {
        synchronized (output) {
            return output.text();
        }
    }
}
