package dev.converge.file;

import dev.converge.filesystem.Stat;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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

    /**
     * Where a link leads, as the host sees it. As with the kernel's {@code protected_symlinks}, a link that a stranger
     * made is not followed: it would let them choose which file root overwrites.
     */
    private static Path next(Target link) throws IOException {
        int maker = link.stat().orElseThrow().uid();
        if (maker != 0 && maker != ownUid()) {
            throw new ResourceFailure(
                    link.path() + " is a symbolic link that user number " + maker + " made; it is not followed.",
                    "Give links 'replace' to put a file in its place, or declare the path that it leads to.");
        }
        return link.path().resolveSibling(Files.readSymbolicLink(link.real())).normalize();
    }

    private static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
