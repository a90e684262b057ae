package dev.converge.vault;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;

/**
 * The file that a key is kept in: 32 bytes in base64, for root and perhaps a group to read.
 *
 * @param path where it is on the machine that compiles
 */
public record KeyFile(Path path) {
    /** The file that is used when a hierarchy names no other. */
    public static final Path USUAL = Path.of("/etc/converge/data.key");

    private static final int LARGEST = 4096;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The key; refused when others than its owner and group can read it, since then it protects nothing. */
    public Checked<DataKey> read() {
        try {
            if (!Files.exists(path)) {
                return refused(
                        "There is no key " + path + ", so what is encrypted cannot be read.",
                        "Copy it from a host that has it. A new site makes its key with: converge data key " + path);
            }
            if (!Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                return malformed();
            }
            FileReach reach = FileReach.of(path);
            boolean isExposed = reach == FileReach.EVERYBODY || reach == FileReach.GROUP_WRITES;
            return isExposed ? exposed(reach) : parse(Files.readString(path));
        } catch (AccessDeniedException e) {
            return refused(
                    "The key " + path + " is not yours to read.", "Run as root, or join the group that it is of.");
        } catch (IOException e) {
            return refused("The key " + path + " cannot be read.", "Look at it with: ls -l " + path);
        }
    }

    private Checked<DataKey> parse(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            return bytes.length == DataKey.BYTES ? Checked.of(new DataKey(bytes, path.toString())) : malformed();
        } catch (IllegalArgumentException e) {
            return malformed();
        }
    }

    private Checked<DataKey> malformed() {
        return refused(
                path + " holds no key: a key is 32 bytes in base64, 44 characters on one line.",
                "Copy it again from where it is whole.");
    }

    private Checked<DataKey> exposed(FileReach reach) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode");
        String others =
                reach == FileReach.EVERYBODY ? "Every account of this machine can reach" : "Its group can change";
        return refused(
                others + " the key " + path + " (mode 0" + Integer.toOctalString(mode & 0777) + ").",
                "Run: chmod 0600 " + path + ". If it was so for long, make a new key, and change what it protected.");
    }

    /** Writes a new key, for its owner alone; never over one that is there, since all that it encrypted would be lost. */
    public Checked<DataKey> create() {
        try {
            if (path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY))) {
                out.write((DataKey.fresh() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (FileAlreadyExistsException e) {
            return refused(
                    path + " exists already, and what it has encrypted could not be read with a new key.",
                    "Name another file for a second key: converge data key FILE");
        } catch (AccessDeniedException e) {
            return refused("You may not write " + path + ".", "Run as root, or name a file of your own.");
        } catch (IOException e) {
            return refused("The key cannot be written to " + path + ".", "Name a file on a disk that can be written.");
        }
        return read();
    }

    private static Checked<DataKey> refused(String detail, String advice) {
        return Checked.failed(Diagnostic.error(Code.ENCRYPTED, "Key", detail).suggest(advice));
    }
}
