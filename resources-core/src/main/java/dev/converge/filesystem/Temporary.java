package dev.converge.filesystem;

import dev.converge.process.ThisProcess;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * Files and folders that are there for a moment. Each is noted before it is made, and has a name by which it is known as
 * Converge's own, so that the run after one that was killed can remove it.
 */
public final class Temporary {
    private static final Path FOLDER = Path.of("/tmp");
    private static final FileAttribute<?> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** What {@link #beside} and {@link #folder} make. */
    private static final Pattern OURS = Pattern.compile("\\..*\\.converge-[0-9a-z]+|converge-[a-z]+-[0-9a-z]+");

    private Temporary() {}

    /**
     * A path beside another one, on the same file system, where something is about to be made; the same each time.
     *
     * @param purpose lower-case letters and digits
     */
    public static Path beside(Path target, String purpose, Host host) throws IOException {
        Path path = target.resolveSibling("." + target.getFileName() + ".converge-" + purpose);
        host.noteTemporary(path);
        return path;
    }

    /**
     * Makes a folder in the host's {@code /tmp} that only its owner may enter.
     *
     * @param purpose lower-case letters
     * @return its real path
     */
    public static Path folder(String purpose, Host host) throws IOException {
        while (true) {
            String number = Long.toString(ThisProcess.pid(), Character.MAX_RADIX)
                    + Long.toString(System.nanoTime() & Long.MAX_VALUE, Character.MAX_RADIX);
            Path path = host.path(FOLDER.resolve("converge-" + purpose + "-" + number));
            host.noteTemporary(path);
            try {
                return Files.createDirectory(path, ONLY_OWNER);
            } catch (FileAlreadyExistsException e) {
                // Somebody else's, or a link of a stranger: another name, then.
            }
        }
    }

    /**
     * Removes one that a killed run has left; never through a link, and nothing that is mounted in it.
     *
     * @param real as it was noted, its folder without links
     * @param root the folder that is the host's {@code /}, without links
     * @return whether there was one
     * @throws dev.converge.provider.ResourceFailure when another file system is mounted there
     */
    public static boolean remove(Path real, Path root) throws IOException {
        boolean ours = real.startsWith(root)
                && real.getParent() != null
                && OURS.matcher(real.getFileName().toString()).matches();
        if (!ours || Stat.of(real).isEmpty() || !isFolder(real.getParent())) {
            return false;
        }
        Removal.of(real);
        return true;
    }

    /** Whether it is where it says, rather than where a link leads that somebody has put in its place. */
    private static boolean isFolder(Path folder) throws IOException {
        return folder.toRealPath().equals(folder);
    }
}
