package dev.converge.sink;

/** Takes reports off the agent's hands. None of these waits for anybody else. */
interface Sink extends AutoCloseable {
    /**
     * Takes the full report of a run in which something has happened.
     *
     * @param told what the report says that this sink has lost
     */
    void report(Document report, Lost told);

    /** Takes a heartbeat; the latest counts, and none is worth keeping. */
    void heartbeat(Document heartbeat);

    /** What it has lost and not yet told of; the next report tells it. */
    Lost lost();

    SinkState state();

    /** Ends soon; what is kept on disk goes out next time. */
    @Override
    void close();
}
