package dev.converge.target;

/** When RancherOS does what a key says: its init and console start one after the other, then Docker with its services. */
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
