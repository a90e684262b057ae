package dev.converge.pkg;

import java.util.Optional;

/**
 * A package that dpkg knows of.
 *
 * @param want what was asked for: {@code install}, {@code hold}, {@code deinstall}, {@code purge}
 * @param state what there is: {@code installed}, {@code config-files}, {@code half-configured} …
 * @param vital whether the system needs it to work: Essential or Protected
 */
record DpkgEntry(String name, String architecture, String version, String want, String state, boolean vital) {
    boolean isInstalled() {
        return state.equals("installed") || state.startsWith("triggers-");
    }

    /** Whether more of the package is on the host than configuration files. */
    boolean isThere() {
        return !state.equals("not-installed") && !state.equals("config-files");
    }

    boolean isHeld() {
        return want.equals("hold");
    }

    /** Empty when it was only ever heard of. */
    Optional<InstalledPackage> asPackage() {
        if (state.equals("not-installed")) {
            return Optional.empty();
        }
        InstalledPackage.State how = isInstalled()
                ? InstalledPackage.State.WHOLE
                : isThere() ? InstalledPackage.State.BROKEN : InstalledPackage.State.CONFIGURATION;
        return Optional.of(new InstalledPackage(version, isHeld(), vital, how, state));
    }
}
