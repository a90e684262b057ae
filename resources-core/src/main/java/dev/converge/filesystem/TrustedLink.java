package dev.converge.filesystem;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Decides whether a symbolic link may be followed. As with the kernel's {@code protected_symlinks}, one that a stranger
 * made is not: it would let them choose what root overwrites.
 */
public final class TrustedLink {
    private TrustedLink() {}

    /**
     * Fails when neither root nor the user that runs Converge made the link.
     *
     * @param path as the host sees it
     * @param link what is there
     */
    public static void require(Path path, Stat link) throws IOException {
        int maker = link.uid();
        if (maker != 0 && maker != ownUid()) {
            throw new ResourceFailure(
                    path + " is a symbolic link that user number " + maker + " made; it is not followed.",
                    "Declare the path that it leads to, or remove the link.");
        }
    }

    private static int ownUid() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
