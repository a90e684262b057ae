package dev.converge.report;

import dev.converge.model.Declared;
import java.time.Duration;

/**
 * One resource's part in a run.
 *
 * @param declared what the manifest says
 * @param outcome what came of it
 * @param startedAfter when its turn came, counted from the start of the walk
 * @param took how long its turn lasted; for changes that were made together, their whole time
 */
public record ResourceReport(Declared<?> declared, Outcome outcome, Duration startedAfter, Duration took) {}
