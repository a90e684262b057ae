package dev.converge.filesystem;

import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a path is about, once links are followed.
 *
 * @param path as the host sees it
 * @param real the same path, on this machine
 * @param stat what is there, when something is
 * @param followed whether a link led here
 */
public record Target(Path path, Path real, Optional<Stat> stat, boolean followed) {
    /** As many as the kernel follows. */
    private static final int MOST_LINKS = 40;

    /** What a path leads to, through as many links as there are, where root or the user that runs Converge made them. */
    public static Target followed(Path path, Host host) throws IOException {
        Target target = at(path, host);
        for (int links = 0; target.isLink(); links++) {
            if (links == MOST_LINKS) {
                throw new ResourceFailure(
                        path + " leads through too many symbolic links.", "Look at them with namei -l.");
            }
            target = at(next(target), host, true);
        }
        return target;
    }

    /** What is at the path itself. */
    public static Target at(Path path, Host host) throws IOException {
        return at(path, host, false);
    }

    private static Target at(Path path, Host host, boolean followed) throws IOException {
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
