package dev.converge.pkg;

/** The rules by which a package manager orders versions. */
enum VersionOrder {
    DEBIAN,
    RPM,
    ALPINE;

    /** Less than, equal to or greater than 0 as the first is older than, as new as or newer than the second. */
    int compare(String first, String second) {
        return switch (this) {
            case DEBIAN -> DebianVersion.compare(first, second);
            case RPM -> RpmVersion.parse(first).compareTo(RpmVersion.parse(second));
            case ALPINE -> ApkVersion.compare(first, second);
        };
    }

    /** Whether a version is the one that a manifest names; with rpm and apk it may leave out the release. */
    boolean isMeant(String wanted, String version) {
        return switch (this) {
            case DEBIAN -> DebianVersion.compare(wanted, version) == 0;
            case RPM -> RpmVersion.parse(version).isMeantBy(RpmVersion.parse(wanted));
            case ALPINE -> ApkVersion.isMeant(wanted, version);
        };
    }

    /** Whether a version begins so; with rpm the epoch may be left out. */
    boolean begins(String beginning, String version) {
        return version.startsWith(beginning)
                || (this == RPM && version.substring(version.indexOf(':') + 1).startsWith(beginning));
    }
}
