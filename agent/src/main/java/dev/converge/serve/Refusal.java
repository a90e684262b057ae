package dev.converge.serve;

import java.time.Duration;

/**
 * That a version could not come into force. It is tried again, ever later: it may have failed for what is outside it, such
 * as a Consul that did not answer.
 *
 * @param commit which version
 * @param times how often this process has tried it in vain
 * @param retryAt when it may be tried again, by {@link System#nanoTime}
 */
record Refusal(String commit, int times, long retryAt) {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_DOUBLED = 10;

    /** One that the start has told of; nothing keeps the next look from it. */
    static Refusal told(String commit) {
        return new Refusal(commit, 0, System.nanoTime());
    }

    static Refusal first(String commit) {
        return after(commit, 1);
    }

    Refusal again() {
        return after(commit, times + 1);
    }

    private static Refusal after(String commit, int times) {
        return new Refusal(commit, times, System.nanoTime() + pause(times).toNanos());
    }

    /** How long is waited after so many tries. */
    static Duration pause(int times) {
        Duration doubled = Duration.ofSeconds(5L << Math.min(times, MOST_DOUBLED));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** Whether it may be tried again. */
    boolean isOver() {
        return System.nanoTime() - retryAt >= 0;
    }
}
