package dev.converge.agent;

/**
 * What the agent writes to its log, each with the {@code MESSAGE_ID} that finds all of its kind:
 * {@code journalctl MESSAGE_ID=…}.
 */
public enum LogEvent {
    STARTED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8401"),
    STOPPED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8402"),
    RUN("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8403"),
    RUN_FAILED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8404"),
    DRIFT("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8405"),
    COMMIT("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8406"),
    PROBLEM("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8407"),
    WAITING("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8408"),
    DISABLED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e8409"),
    ENABLED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e840a"),
    RELOADED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e840b"),
    RELOAD_REFUSED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e840c"),
    ASKED("5b1f3a0c6c0e4d6f9d0a1f5c2b7e840d"),
    BUG("5b1f3a0c6c0e4d6f9d0a1f5c2b7e840e");

    private final String id;

    LogEvent(String id) {
        this.id = id;
    }

    /** 128 bits as hexadecimal digits; see sd_journal_print(3). */
    public String id() {
        return id;
    }
}
