package dev.converge.report;

import java.time.Duration;

/**
 * A program that was run.
 *
 * @param command as a person would type it, secrets masked
 * @param exit its exit status; 128 + signal when a signal ended it
 * @param took from its start to its end
 * @param timedOut whether it was ended at its time limit
 */
public record CommandRun(String command, int exit, Duration took, boolean timedOut) {}
