package dev.converge.report;

/** Whether a run changes the host. */
public enum RunKind {
    LIVE,
    DRY_RUN
}
