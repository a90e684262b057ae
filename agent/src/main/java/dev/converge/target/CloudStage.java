package dev.converge.target;

/**
 * When cloud-init does what a key says, in its order: {@code cloud_init_modules}, {@code cloud_config_modules} and
 * {@code cloud_final_modules} of cloud.cfg, as Debian and Ubuntu ship it.
 */
enum CloudStage {
    /** {@code write_files}. */
    FILES,
    /** {@code hostname}. */
    HOSTNAME,
    /** {@code groups}, {@code users} and their keys. */
    ACCOUNTS,
    /** {@code timezone}. */
    TIMEZONE,
    /** {@code packages}, all at once. */
    PACKAGES,
    /** {@code write_files} with {@code defer}. */
    DEFERRED,
    /** {@code runcmd}. */
    RUN;

    boolean isBefore(CloudStage other) {
        return compareTo(other) < 0;
    }

    CloudStage orLater(CloudStage other) {
        return isBefore(other) ? other : this;
    }
}
