package dev.converge.agent;

import java.util.Map;

/** Takes what the agent has to say of itself while it runs. */
public interface AgentLog {
    /**
     * One entry.
     *
     * @param fields more about it, by names such as {@code CONVERGE_RUN}
     */
    void write(LogLevel level, LogEvent event, String text, Map<String, String> fields);

    /** The same without fields. */
    default void write(LogLevel level, LogEvent event, String text) {
        write(level, event, text, Map.of());
    }

    /** The same without what is less telling than a level. */
    default AgentLog upTo(LogLevel most) {
        return (level, event, text, fields) -> {
            if (level.priority() <= most.priority()) {
                write(level, event, text, fields);
            }
        };
    }
}
