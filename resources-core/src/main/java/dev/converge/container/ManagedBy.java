package dev.converge.container;

/** Who starts a container and keeps it running. */
public enum ManagedBy {
    /** The engine itself, by its restart policy. */
    ENGINE,
    /** A unit of systemd, which podman makes of a Quadlet file. */
    SYSTEMD
}
