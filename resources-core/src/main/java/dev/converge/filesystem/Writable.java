package dev.converge.filesystem;

import dev.converge.process.ThisProcess;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether something can be made or removed at a path, found out without trying. */
public final class Writable {
    private Writable() {}

    /**
     * Fails when the folder of a path is missing, is none, cannot be changed, or is reached through a stranger's link. To
     * root only an immutable folder or a read-only file system says no; see access(2).
     *
     * @param path as the host sees it
     */
    public static void requireParent(Path path, Host host) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            return;
        }
        Path real = host.path(parent);
        if (!Files.isDirectory(real)) {
            throw missing(parent, Files.exists(real));
        }
        TrustedLink.requireOnWay(parent, host);
        if (!Files.isWritable(real)) {
            throw new ResourceFailure(
                    "The folder " + parent + " cannot be changed: " + why(real) + ".",
                    "Look at 'lsattr -d " + parent + "' and at how it is mounted, or run as root.");
        }
    }

    /**
     * Fails when a file cannot be replaced although its folder can be changed: it is immutable or append-only, which
     * only root can tell from the file's mode.
     *
     * @param path as the host sees it; there may be nothing
     */
    public static void requireReplaceable(Path path, Host host) {
        Path real = host.path(path);
        if (ThisProcess.isRoot() && Files.exists(real) && !Files.isWritable(real)) {
            throw new ResourceFailure(
                    path + " is immutable, or mounted read-only.",
                    "Look with 'lsattr -d " + path + "', free it with 'chattr -i', or leave it out.");
        }
    }

    private static ResourceFailure missing(Path parent, boolean exists) {
        return exists
                ? new ResourceFailure(parent + " is not a folder.", "Declare directory '" + parent + "' with force.")
                : new ResourceFailure(
                        "Its folder " + parent + " does not exist.", "Declare directory '" + parent + "'.");
    }

    private static String why(Path real) throws IOException {
        return Files.getFileStore(real).isReadOnly()
                ? "its file system is mounted read-only"
                : "it is immutable, or belongs to another user";
    }
}
