package dev.converge.agent;

/** How much the agent writes to its log, the least telling first; with the numbers of syslog(3). */
public enum LogLevel {
    ERROR(3),
    WARNING(4),
    INFO(6),
    DEBUG(7);

    private final int priority;

    LogLevel(int priority) {
        this.priority = priority;
    }

    public int priority() {
        return priority;
    }
}
