package dev.converge.filesystem;

import dev.converge.model.Content;
import dev.converge.model.Mode;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * A text file of which several resources may each own a part. What no edit names stays as it is, byte for byte: line
 * ends, a last line without one, and bytes that are no UTF-8.
 */
public final class TextFile {
    /** Larger files are no configuration, and would be held in memory. */
    private static final long LARGEST = 64 << 20;

    private static final int NEW_MODE = 0644;

    private static final Object[] LOCKS = new Object[64];

    static {
        for (int i = 0; i < LOCKS.length; i++) {
            LOCKS[i] = new Object();
        }
    }

    private final Path path;
    private final Target target;
    private final Charset charset;
    private final String text;

    private TextFile(Path path, Target target, Charset charset, String text) {
        this.path = path;
        this.target = target;
        this.charset = charset;
        this.text = text;
    }

    /**
     * Reads a file; symbolic links are followed as {@code file} follows them.
     *
     * @param path as the host sees it
     * @throws ResourceFailure when something else than a file is there, or the file is too large to be edited
     */
    public static TextFile read(Path path, Host host) throws IOException {
        Target target = Target.followed(path, host);
        Optional<Stat> stat = target.stat();
        if (stat.isEmpty()) {
            return new TextFile(path, target, StandardCharsets.UTF_8, "");
        }
        if (!stat.get().isFile()) {
            throw new ResourceFailure(path + " is a " + stat.get().kind() + ", not a file.", "Move it away.");
        }
        if (stat.get().size() > LARGEST) {
            throw new ResourceFailure(path + " is too large to be edited in part.", "Declare the whole file.");
        }
        byte[] bytes = Files.readAllBytes(target.real());
        Charset charset = charsetOf(bytes);
        return new TextFile(path, target, charset, new String(bytes, charset));
    }

    /** Latin-1 gives every byte a letter and every letter its byte: nothing is lost where the text is no UTF-8. */
    private static Charset charsetOf(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    public boolean exists() {
        return target.stat().isPresent();
    }

    /** Its whole text; empty when there is no such file. */
    public String text() {
        return text;
    }

    /** Its lines without their ends. */
    public List<String> lines() {
        return text().lines().toList();
    }

    /** What an edit would do, for a report; empty when it would do nothing. */
    public Optional<FileEdit> foresee(UnaryOperator<String> edit) {
        String edited = edit.apply(text);
        if (exists() && edited.equals(text)) {
            return Optional.empty();
        }
        Optional<Content> before = exists() ? Optional.of(Content.of(text)) : Optional.empty();
        return Optional.of(new FileEdit(path, before, Optional.of(Content.of(edited))));
    }

    /**
     * Edits the file, one edit at a time, so that two resources that own parts of one file never lose each other's. The
     * file that it replaces is kept before; owner, mode, ACL and extended attributes stay.
     *
     * @param mode of a file that is made
     * @param edit from the whole text to the whole text; {@code ""} for a file that does not exist
     */
    public static void edit(Path path, Host host, Mode mode, UnaryOperator<String> edit) throws IOException {
        Path real = Target.followed(path, host).real();
        synchronized (LOCKS[Math.floorMod(real.hashCode(), LOCKS.length)]) {
            TextFile file = read(path, host);
            String edited = edit.apply(file.text);
            if (!file.exists() || !edited.equals(file.text)) {
                file.replace(edited, mode, host);
            }
        }
    }

    private void replace(String edited, Mode mode, Host host) throws IOException {
        byte[] bytes = encoded(edited);
        host.backups().keep(target.path());
        try (NewFile candidate = NewFile.beside(target.real())) {
            candidate.write(bytes);
            if (exists()) {
                candidate.inherit();
            }
            candidate.own(ownership(mode));
            candidate.place();
        }
    }

    private Ownership ownership(Mode mode) {
        return target.stat()
                .map(stat -> new Ownership(
                        OptionalInt.of(stat.uid()), OptionalInt.of(stat.gid()), OptionalInt.of(stat.mode())))
                .orElseGet(() -> new Ownership(
                        OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(mode.resolve(NEW_MODE, false))));
    }

    private byte[] encoded(String edited) {
        if (!charset.newEncoder().canEncode(edited)) {
            throw new ResourceFailure(
                    path + " is not UTF-8, and what shall be written to it needs that.",
                    "Convert it with iconv, or write only ASCII.");
        }
        return edited.getBytes(charset);
    }
}
