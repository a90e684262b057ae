package dev.converge.agent;

import dev.converge.sink.SinkSettings;
import dev.converge.source.SourceSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code agent.yaml} says.
 *
 * @param source where the site comes from
 * @param schedule when the agent runs
 * @param conduct how it runs
 * @param drift how it notices that the host has moved
 * @param stateDir where it keeps what outlives it
 * @param reports where its reports go
 * @param logLevel how much it writes to its log
 */
public record AgentSettings(
        SourceSettings source,
        Schedule schedule,
        Conduct conduct,
        DriftSettings drift,
        Path stateDir,
        List<SinkSettings> reports,
        LogLevel logLevel) {
    public AgentSettings {
        reports = List.copyOf(reports);
    }
}
