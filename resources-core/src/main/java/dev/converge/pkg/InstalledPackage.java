package dev.converge.pkg;

/**
 * A package that is on a host, or has been.
 *
 * @param version as its package manager writes it
 * @param held whether upgrades leave it alone
 * @param vital whether the system does not work without it
 * @param state whether all of it is there
 * @param shown the state as people read it
 */
record InstalledPackage(String version, boolean held, boolean vital, State state, String shown) {
    /** How much of a package is there. */
    enum State {
        WHOLE,
        /** Begun and not finished, such as one that dpkg has not configured. */
        BROKEN,
        /** Removed but for its configuration files. */
        CONFIGURATION
    }

    static InstalledPackage whole(String version, boolean held, boolean vital) {
        return new InstalledPackage(version, held, vital, State.WHOLE, "installed");
    }

    /** Whether more of the package is on the host than configuration files. */
    boolean isThere() {
        return state != State.CONFIGURATION;
    }
}
