package dev.converge.augeas;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says which package brings libaugeas. */
final class MissingLibrary {
    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    private MissingLibrary() {}

    static ResourceFailure on(Host host, LinkageError why) throws IOException {
        String said = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
        boolean missing = why instanceof UnsatisfiedLinkError;
        return new ResourceFailure(
                missing ? "This machine has no " + LibAugeas.SONAME + "." : "libaugeas cannot be used: " + said + ".",
                "Declare pkg '" + packageFor(release(host)) + "'; it is used as soon as it is installed.");
    }

    private static String release(Host host) throws IOException {
        Path file = host.path(OS_RELEASE);
        return Files.isReadable(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }

    /** @param release what os-release(5) says: ID and ID_LIKE name the family */
    static String packageFor(String release) {
        String families = String.join(
                " ",
                release.lines()
                        .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
                        .toList());
        if (families.matches("(?s).*\\b(rhel|fedora|centos)\\b.*")) {
            return "augeas-libs";
        }
        if (families.matches("(?s).*\\b(alpine|arch)\\b.*")) {
            return "augeas";
        }
        return "libaugeas0";
    }
}
