package dev.converge.pkg;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/** Packages of Alpine Linux, by apk. */
final class Apk implements PackageManager {
    private final Host host;

    Apk(Host host) {
        this.host = host;
    }

    static boolean isUsedBy(Host host) {
        return ApkDatabase.INSTALLED.stream().anyMatch(path -> Files.isRegularFile(host.path(path)));
    }

    @Override
    public String name() {
        return "apk";
    }

    @Override
    public VersionOrder order() {
        return VersionOrder.ALPINE;
    }

    @Override
    public Optional<InstalledPackage> find(PkgName name) throws IOException, InterruptedException {
        return ApkDatabase.of(host).find(name);
    }

    @Override
    public List<String> names() throws IOException, InterruptedException {
        return ApkDatabase.of(host).names();
    }

    @Override
    public Offers offers() throws IOException, InterruptedException {
        return ApkOffers.of(host);
    }

    @Override
    public Optional<PackageFile> file(PkgSource source) {
        return Optional.empty();
    }

    @Override
    public Optional<ResourceFailure> refusal(PkgResource desired) {
        if (desired.source().isPresent()) {
            return Optional.of(new ResourceFailure(
                    "apk takes packages from repositories only.",
                    "Put the file into a repository that /etc/apk/repositories names, and leave source out."));
        }
        if (desired.configFiles() == ConfigFiles.REPLACE) {
            return Optional.of(new ResourceFailure(
                    "apk keeps a configuration file that was changed, and puts the new one beside it as .apk-new.",
                    "Leave configFiles out, and declare the file with the content that it shall have."));
        }
        return desired.name().architecture().isEmpty()
                ? Optional.empty()
                : Optional.of(new ResourceFailure(
                        "Alpine Linux has packages of the host's own architecture only.",
                        "Leave \":" + desired.name().architecture().get() + "\" out."));
    }

    @Override
    public Installer installer() {
        return new ApkInstaller(host);
    }

    @Override
    public void installedChanged() {
        host.invalidate(ApkDatabase.class);
    }

    @Override
    public void offersChanged() {
        host.invalidate(ApkOffers.class);
    }
}
