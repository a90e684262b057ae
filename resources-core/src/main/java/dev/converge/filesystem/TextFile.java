package dev.converge.filesystem;

import dev.converge.model.Content;
import dev.converge.model.Mode;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A text file of which several resources may each own a part. What no edit names stays as it is, byte for byte: line
 * ends, a last line without one, and bytes that are no UTF-8.
 */
public final class TextFile {
    private static final int NEW_MODE = 0644;

    private static final Object[] LOCKS = new Object[64];

    static {
        for (int i = 0; i < LOCKS.length; i++) {
            LOCKS[i] = new Object();
        }
    }

    private final Path path;
    private final Target target;
    private final FileText content;

    private TextFile(Path path, Target target, FileText content) {
        this.path = path;
        this.target = target;
        this.content = content;
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
            return new TextFile(path, target, FileText.NONE);
        }
        if (!stat.get().isFile()) {
            throw new ResourceFailure(path + " is a " + stat.get().kind() + ", not a file.", "Move it away.");
        }
        return new TextFile(path, target, ReadTexts.read(target.real(), path, host));
    }

    public boolean exists() {
        return target.stat().isPresent();
    }

    /** Its whole text; empty when there is no such file. */
    public String text() {
        return content.text();
    }

    /**
     * What a parser makes of the text, made once for all who ask while the file stays as it is.
     *
     * @param how equal for parsers that make the same of a text, such as their class
     */
    public <K, T> T parsed(K how, Function<String, T> parser) {
        return content.parsed(how, parser);
    }

    /** Its lines without their ends. */
    public List<String> lines() {
        return text().lines().toList();
    }

    /**
     * Fails where {@link #edit} could not write.
     *
     * @throws ResourceFailure when the folder, where a link leads to it, is missing, or either cannot be changed
     */
    public void requireWritable(Host host) throws IOException {
        if (target.followed()) {
            TrustedLink.requireOnWay(path.getParent(), host);
        }
        Writable.requireParent(target.path(), host);
        Writable.requireReplaceable(target.path(), host);
    }

    /** What an edit would do, for a report; empty when it would do nothing. */
    public Optional<FileEdit> foresee(UnaryOperator<String> edit) {
        String edited = edit.apply(text());
        if (exists() && edited.equals(text())) {
            return Optional.empty();
        }
        Optional<Content> before = exists() ? Optional.of(Content.of(text())) : Optional.empty();
        return Optional.of(new FileEdit(path, before, Optional.of(Content.of(edited))));
    }

    /**
     * Edits the file, one edit at a time, so that two resources that own parts of one file never lose each other's. The
     * file that it replaces is kept before; owner, mode, ACL and extended attributes stay.
     *
     * @param mode of a file that is made
     * @param edit from the whole text to the whole text; {@code ""} for a file that does not exist
     */
    public static void edit(Path path, Host host, Mode mode, UnaryOperator<String> edit)
            throws IOException, InterruptedException {
        edit(path, host, mode, Validation.none(), edit);
    }

    /**
     * As {@link #edit}, for a file that a program has to accept before it takes its place.
     *
     * @throws ResourceFailure when the program refuses it; the file stays as it is
     */
    public static void edit(Path path, Host host, Mode mode, Validation validation, UnaryOperator<String> edit)
            throws IOException, InterruptedException {
        synchronized (lockOf(Target.followed(path, host).real())) {
            TextFile file = read(path, host);
            String edited = edit.apply(file.text());
            if (!file.exists() || !edited.equals(file.text())) {
                file.replace(edited, mode, validation, host);
            }
        }
    }

    /** One for all paths to a file, whatever links are on the way. */
    private static Object lockOf(Path real) throws IOException {
        Path folder = real.getParent();
        Path file = Files.isDirectory(folder) ? folder.toRealPath().resolve(real.getFileName()) : real;
        return LOCKS[Math.floorMod(file.hashCode(), LOCKS.length)];
    }

    private void replace(String edited, Mode mode, Validation validation, Host host)
            throws IOException, InterruptedException {
        byte[] bytes = content.encoding().encode(edited, path);
        try (NewFile candidate = NewFile.beside(target.real(), host)) {
            candidate.write(bytes);
            if (exists()) {
                candidate.inherit();
            }
            candidate.own(ownership(mode));
            candidate.flush();
            validation.accept(candidate.path(), host);
            host.backups().keep(target.path());
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
}
