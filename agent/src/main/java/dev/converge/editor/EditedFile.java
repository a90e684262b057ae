package dev.converge.editor;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/** A text file of a site that is replaced in one step, unless somebody else has changed it in the meantime. */
public final class EditedFile {
    private static final long LARGEST = 16 << 20;

    private final Path named;
    private final Path real;
    private final byte[] before;

    private EditedFile(Path named, Path real, byte[] before) {
        this.named = named;
        this.real = real;
        this.before = before;
    }

    /**
     * Reads one.
     *
     * @throws ResourceFailure when there is none, or it is no file to edit
     */
    public static EditedFile read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw Files.exists(path)
                    ? new ResourceFailure(path + " is no file.", "Name a data file, in YAML or JSON.")
                    : new ResourceFailure("There is no file " + path + ".", "Make an empty one first: touch " + path);
        }
        if (Files.size(path) > LARGEST) {
            throw new ResourceFailure(path + " is larger than 16 MiB.", "Name a data file, in YAML or JSON.");
        }
        return new EditedFile(path, path.toRealPath(), Files.readAllBytes(path));
    }

    /** @throws ResourceFailure when it is not UTF-8, which would not survive */
    public String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(before))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ResourceFailure(named + " is not text in UTF-8.", "Convert it with iconv(1) first.");
        }
    }

    /**
     * Replaces it; mode, owner and group stay.
     *
     * @throws ResourceFailure when it is not what it was; what should have become of it is then beside it
     */
    public void replace(String text) throws IOException {
        byte[] now = Files.exists(real) ? Files.readAllBytes(real) : new byte[0];
        if (!Arrays.equals(now, before)) {
            Path aside = real.resolveSibling(real.getFileName() + ".edited");
            write(aside, text, Optional.empty());
            throw new ResourceFailure(
                    named + " was changed by somebody else in the meantime, and was left alone.",
                    "What you wrote is in " + aside + ", encrypted; bring the two together.");
        }
        PosixFileAttributes old = Files.readAttributes(real, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        write(real, text, Optional.of(old));
    }

    private static void write(Path target, String text, Optional<PosixFileAttributes> like) throws IOException {
        Path draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            if (like.isPresent()) {
                own(draft, like.get());
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void own(Path draft, PosixFileAttributes like) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
        PosixFileAttributes made = view.readAttributes();
        if (!made.group().equals(like.group())) {
            view.setGroup(like.group());
        }
        if (!made.owner().equals(like.owner())) {
            view.setOwner(like.owner());
        }
        view.setPermissions(like.permissions());
    }
}
