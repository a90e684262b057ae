package dev.converge.language;

/** Ends a manifest that does not end by itself: compiled code asks in each loop, method and closure. */
public final class TimeLimit {
    private TimeLimit() {}

    /** Called by compiled code; not for manifests. */
    public static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Exceeded();
        }
    }

    /** An error, so that a manifest's {@code catch (Exception e)} does not keep the loop alive. */
    static final class Exceeded extends Error {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("time limit", null, false, true);
        }
    }
}
