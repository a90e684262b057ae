package dev.converge.target;

/**
 * When RancherOS does what a key says: its init, then the console's keys one after the other ({@code ApplyConsole} in its
 * {@code cmd/cloudinitexecute}); Docker waits for the end of that, and services for Docker.
 */
enum RancherStage {
    /** {@code hostname}, {@code ssh_authorized_keys} and most of {@code rancher}. */
    INIT,
    /** {@code write_files}. */
    FILES,
    /** {@code mounts}. */
    MOUNTS,
    /** {@code runcmd}. */
    RUN,
    /** {@code rancher.services}. */
    SERVICES;

    boolean isBefore(RancherStage other) {
        return compareTo(other) < 0;
    }

    RancherStage orLater(RancherStage other) {
        return isBefore(other) ? other : this;
    }
}
