package dev.converge.host;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The commands that were run on a host, for reports; secrets are masked. The oldest make room for new ones. */
public final class CommandLog {
    private static final int LIMIT = 10_000;

    private final Deque<Entry> entries = new ArrayDeque<>();

    CommandLog() {}

    /**
     * One command that was run.
     *
     * @param command as a person would type it
     * @param exit its exit status
     * @param took from its start to its end
     */
    public record Entry(String command, int exit, Duration took) {}

    synchronized void add(Entry entry) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** In the order in which they ended. */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }
}
