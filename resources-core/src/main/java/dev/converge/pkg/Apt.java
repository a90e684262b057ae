package dev.converge.pkg;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Packages of Debian and its kin, by apt and dpkg. */
final class Apt implements PackageManager {
    private static final List<String> ABOUT_FILE =
            List.of("dpkg-deb", "--showformat=${Package}\n${Version}\n", "--show");

    private final Host host;

    Apt(Host host) {
        this.host = host;
    }

    static boolean isUsedBy(Host host) {
        return Files.isRegularFile(host.path(DpkgDatabase.STATUS))
                || Files.isExecutable(host.path(Path.of("/usr/bin/dpkg")));
    }

    @Override
    public String name() {
        return "apt";
    }

    @Override
    public VersionOrder order() {
        return VersionOrder.DEBIAN;
    }

    @Override
    public Optional<InstalledPackage> find(PkgName name) throws IOException, InterruptedException {
        return DpkgDatabase.of(host).find(name).flatMap(DpkgEntry::asPackage);
    }

    @Override
    public List<String> names() throws IOException, InterruptedException {
        DpkgDatabase packages = DpkgDatabase.of(host);
        return packages.entries().stream()
                .filter(DpkgEntry::isInstalled)
                .map(packages::nameOf)
                .sorted()
                .toList();
    }

    @Override
    public Offers offers() throws IOException, InterruptedException {
        return Candidates.of(host);
    }

    @Override
    public Optional<PackageFile> file(PkgSource source) throws IOException, InterruptedException {
        return PackageFile.read(source, ABOUT_FILE, host);
    }

    @Override
    public Optional<ResourceFailure> refusal(PkgResource desired) {
        return Optional.empty();
    }

    @Override
    public Installer installer() {
        return new AptInstaller(host);
    }

    @Override
    public void finish(Duration lockTimeout) throws IOException, InterruptedException {
        new DpkgInterrupted(host).finish(lockTimeout);
    }

    @Override
    public void installedChanged() {
        host.invalidate(DpkgDatabase.class);
    }

    @Override
    public void offersChanged() {
        host.invalidate(Candidates.class);
    }
}
