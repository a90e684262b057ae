package dev.converge.model;

/** What a run does when the host has moved away from a manifest that has not changed. */
public enum OnDrift {
    /** Brings the host back. */
    ENFORCE,
    /** Reports the drift as pending and leaves the host as it is. */
    REPORT
}
