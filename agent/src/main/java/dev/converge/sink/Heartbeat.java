package dev.converge.sink;

import dev.converge.report.Run;
import java.util.Optional;

/**
 * Tells that the agent lives, when there is nothing else to tell.
 *
 * @param run the run that found nothing new; when there was none, one that is made for the id
 * @param environment the name that {@code agent.yaml} gives it
 * @param commit the one that the host is held to
 * @param disabled why somebody has disabled the agent
 */
public record Heartbeat(Run run, String environment, Optional<String> commit, Optional<String> disabled) {}
