package dev.converge.agent;

import java.util.Locale;

/** What a run of the agent came from. */
public enum Trigger {
    /** The agent has begun. */
    START,
    /** It was time. */
    INTERVAL,
    /** There is a new commit. */
    COMMIT,
    /** The host has moved. */
    DRIFT,
    /** Somebody has asked for it. */
    ASKED;

    /** The spelling in reports and logs, such as {@code interval}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
