package dev.converge.pkg;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Packages of Fedora, Red Hat Enterprise Linux and their kin, by rpm and dnf (yum, where that is dnf's other name). */
final class Rpm implements PackageManager {
    private static final List<String> ABOUT_FILE =
            List.of("rpm", "-qp", "--nosignature", "--qf", "%{NAME}\n" + RpmDatabase.VERSION + "\n");
    private static final List<String> PROGRAMS = List.of("dnf", "yum", "microdnf");
    private static final Path RELEASE = Path.of("/etc/system-release");

    private final Host host;

    Rpm(Host host) {
        this.host = host;
    }

    /** A Debian may have rpm and dnf to look into packages of others, and a Fedora dpkg: then the release file tells. */
    static boolean isUsedBy(Host host) {
        return PROGRAMS.stream().anyMatch(program -> has(host, program))
                && (Files.exists(host.path(RELEASE)) || !Apt.isUsedBy(host));
    }

    private static boolean has(Host host, String program) {
        return Files.isExecutable(host.path(Path.of("/usr/bin", program)));
    }

    /** What the host calls it. */
    static String program(Host host) {
        return PROGRAMS.stream()
                .filter(program -> has(host, program))
                .findFirst()
                .orElse("dnf");
    }

    @Override
    public String name() {
        return program(host);
    }

    @Override
    public VersionOrder order() {
        return VersionOrder.RPM;
    }

    @Override
    public Optional<InstalledPackage> find(PkgName name) throws IOException, InterruptedException {
        return RpmDatabase.of(host).find(name);
    }

    @Override
    public List<String> names() throws IOException, InterruptedException {
        return RpmDatabase.of(host).names();
    }

    @Override
    public Offers offers() throws IOException, InterruptedException {
        return DnfOffers.of(host);
    }

    @Override
    public Optional<PackageFile> file(PkgSource source) throws IOException, InterruptedException {
        return PackageFile.read(source, ABOUT_FILE, host);
    }

    @Override
    public Optional<ResourceFailure> refusal(PkgResource desired) {
        if (program(host).equals("microdnf")) {
            return Optional.of(new ResourceFailure(
                    "This host has microdnf only, which cannot say what it would install.",
                    "Install dnf, by hand or in the image."));
        }
        if (desired.configFiles() == ConfigFiles.REPLACE) {
            return Optional.of(new ResourceFailure(
                    "rpm keeps a configuration file that was changed, and puts the new one beside it as .rpmnew.",
                    "Leave configFiles out, and declare the file with the content that it shall have."));
        }
        return Optional.empty();
    }

    @Override
    public Installer installer() {
        return new DnfInstaller(host);
    }

    @Override
    public void installedChanged() {
        host.invalidate(RpmDatabase.class);
    }

    @Override
    public void offersChanged() {
        host.invalidate(DnfOffers.class);
    }
}
