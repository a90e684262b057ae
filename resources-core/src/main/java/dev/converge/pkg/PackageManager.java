package dev.converge.pkg;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a distribution keeps its packages: what is there, what there is to install, and the program that changes both. */
interface PackageManager {
    /**
     * What moves with any package: the file that each of them writes last. rpm's are those of its three backends; a
     * reader of the first writes the files beside it.
     */
    List<WatchPoint> DATABASES = Stream.of(
                    DpkgDatabase.STATUS.toString(),
                    "/var/lib/rpm/rpmdb.sqlite",
                    "/var/lib/rpm/Packages.db",
                    "/var/lib/rpm/Packages",
                    "/lib/apk/db/installed",
                    ApkDatabase.WORLD.toString())
            .<WatchPoint>map(file -> WatchPoint.Entry.of(Path.of(file)))
            .toList();

    /** What people call it, such as {@code apt}. */
    String name();

    VersionOrder order();

    /** The package as it is on the host, also when only parts of it are. */
    Optional<InstalledPackage> find(PkgName name) throws IOException, InterruptedException;

    /** The names of all packages that are installed, sorted. */
    List<String> names() throws IOException, InterruptedException;

    Offers offers() throws IOException, InterruptedException;

    /** A package file of this kind; empty when there is no file yet. */
    Optional<PackageFile> file(PkgSource source) throws IOException, InterruptedException;

    /** Why what a manifest says of a package has no meaning here, when it has none. */
    Optional<ResourceFailure> refusal(PkgResource desired);

    Installer installer();

    /**
     * Completes what a transaction left in the middle that was killed; nothing where a transaction is whole or not at all.
     *
     * @param lockTimeout how long another program that changes packages is waited for
     */
    default void finish(Duration lockTimeout) throws IOException, InterruptedException {}

    /** Forgets what was read of the installed packages. */
    void installedChanged();

    /** Forgets what was read of the packages that can be installed. */
    void offersChanged();

    /** That of a host. */
    static PackageManager of(Host host) {
        if (Rpm.isUsedBy(host)) {
            return new Rpm(host);
        }
        if (Apt.isUsedBy(host)) {
            return new Apt(host);
        }
        if (Apk.isUsedBy(host)) {
            return new Apk(host);
        }
        throw new ResourceFailure(
                "This host has no package manager that Converge knows: neither apt, dnf nor apk.",
                "Declare packages only where facts.os.family is 'debian', 'redhat' or 'alpine'.");
    }
}
