package dev.converge.service;

/** What a service does when something that it subscribes to has changed. */
public enum RefreshBy {
    RESTART,
    RELOAD,
    /** Reloads where the service can, and restarts it where not. */
    RELOAD_OR_RESTART,
    NONE
}
