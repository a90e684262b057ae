package dev.converge.pkg;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a host's distribution keeps its packages. */
interface PackageTools {
    Optional<PkgResource> observe(PkgResource desired) throws IOException, InterruptedException;

    /** What {@link #apply} would fail at. Reads only. */
    Map<ResourceId, ResourceFailure> check(List<Change<PkgResource>> changes) throws IOException, InterruptedException;

    /** Makes the changes, and returns those that failed. */
    Map<ResourceId, ResourceFailure> apply(List<Change<PkgResource>> changes) throws IOException, InterruptedException;

    /** Those that the host has. */
    static PackageTools of(Host host) {
        if (Files.isRegularFile(host.path(DpkgDatabase.STATUS))
                || Files.isExecutable(host.path(Path.of("/usr/bin/dpkg")))) {
            return new Apt(host);
        }
        throw new ResourceFailure(
                "This host has no dpkg, and Converge knows no other packages yet.",
                "Declare packages only where facts.os.family is 'debian'.");
    }
}
