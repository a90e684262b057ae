package dev.converge.file;

import dev.converge.filesystem.Stat;
import dev.converge.filesystem.TrustedLink;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file resource is about, once links are followed.
 *
 * @param path as the host sees it
 * @param real the same path, on this machine
 * @param stat what is there, when something is
 * @param followed whether a link led here
 */
record Target(Path path, Path real, Optional<Stat> stat, boolean followed) {
    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    static Target of(FileResource desired, Host host) throws IOException {
        Target target = at(desired.path(), host, false);
        if (desired.links() == Links.REPLACE || !target.isLink()) {
            return target;
        }
        for (int links = 0; target.isLink(); links++) {
            if (links == MOST_LINKS) {
                throw new ResourceFailure(
                        desired.path() + " leads through too many symbolic links.", "Look at them with namei -l.");
            }
            target = at(next(target), host, true);
        }
        return target;
    }

    /** What is at the path itself. */
    static Target at(Path path, Host host, boolean followed) throws IOException {
        Path real = host.path(path);
        return new Target(path, real, Stat.of(real), followed);
    }

    private boolean isLink() {
        return stat.isPresent() && stat.get().isLink();
    }

    /** Where a link leads, as the host sees it; {@code ..} is left to the kernel, which knows the links before it. */
    private static Path next(Target link) throws IOException {
        TrustedLink.require(link.path(), link.stat().orElseThrow());
        return link.path().resolveSibling(Files.readSymbolicLink(link.real()));
    }
}
