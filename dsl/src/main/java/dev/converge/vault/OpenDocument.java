package dev.converge.vault;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * A data file with its secrets in the open, for an author to edit: each as {@code !secret 'text'}. What the author
 * leaves alone becomes the same encrypted value again, byte by byte, so that a commit shows what has changed.
 */
public final class OpenDocument {
    private static final String HINT = "#! ";

    private static final String HINTS = HINT + "A value after !secret is encrypted when you are done:"
            + " db.password: !secret 'correct horse'\n" + HINT + "Lines that begin like these are left out.\n";

    /** Shorter ones are found in any text. */
    private static final int TELLING = 8;

    private final String file;
    private final DataKey key;
    private final String source;
    private final String text;
    private final List<Opened> opened;

    private OpenDocument(String file, DataKey key, String source, String text, List<Opened> opened) {
        this.file = file;
        this.key = key;
        this.source = source;
        this.text = text;
        this.opened = opened;
    }

    /** An encrypted value of the file, how it is written there, and what it says. */
    private record Opened(Scalar scalar, String source, EncryptedValue value, String plain) {
        /** Whether it means the same where another scalar stands. */
        boolean fits(Scalar other) {
            boolean sameMargin = source.indexOf('\n') < 0 || scalar.indent() == other.indent();
            return sameMargin && scalar.inFlow() == other.inFlow();
        }
    }

    /**
     * Decrypts all that is encrypted in a file.
     *
     * @param file its name, for messages
     * @param source what is in it
     */
    public static Checked<OpenDocument> of(String file, String source, DataKey key) {
        Checked<List<Scalar>> scalars = Scalars.of(file, source);
        if (!scalars.isOk()) {
            return Checked.failed(scalars.diagnostics());
        }
        List<Diagnostic> wrong = new ArrayList<>();
        List<Opened> opened = new ArrayList<>();
        Splice open = new Splice(source);
        for (Scalar scalar : scalars.value().orElseThrow()) {
            if (scalar.kind() == Scalar.Kind.ENCRYPTED) {
                open(scalar, source, key, wrong).ifPresent(one -> {
                    opened.add(one);
                    open.replace(scalar, SecretText.of(one.plain(), scalar, source));
                });
            }
        }
        return Checked.unlessErrors(new OpenDocument(file, key, source, HINTS + open.text(), opened), wrong);
    }

    private static Optional<Opened> open(Scalar scalar, String source, DataKey key, List<Diagnostic> wrong) {
        Checked<EncryptedValue> value = EncryptedValue.parse(scalar.value());
        Checked<String> plain =
                value.isOk() ? key.decrypt(value.value().orElseThrow()) : Checked.failed(value.diagnostics());
        plain.diagnostics().forEach(told -> wrong.add(told.at(scalar.at())));
        return plain.value()
                .map(text ->
                        new Opened(scalar, scalar.source(source), value.value().orElseThrow(), text));
    }

    /** What an editor shows. Not for the disk. */
    public String text() {
        return text;
    }

    /**
     * What belongs on the disk.
     *
     * @param edited {@link #text} as its author has left it
     */
    public Checked<String> seal(String edited) {
        int hints = lengthOfHints(edited);
        String body = edited.substring(hints);
        int lines = (int) edited.substring(0, hints).lines().count();
        Checked<List<Scalar>> scalars = Scalars.of(file, body);
        if (!scalars.isOk()) {
            return Checked.failed(below(lines, scalars.diagnostics()));
        }
        List<Diagnostic> wrong = new ArrayList<>();
        Splice sealed = new Splice(body);
        Reuse reuse = new Reuse(opened);
        List<Scalar> secrets = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (Scalar scalar : scalars.value().orElseThrow()) {
            if (!paths.add(scalar.path())) {
                wrong.add(twice(scalar));
            }
            switch (scalar.kind()) {
                case SECRET -> secrets.add(scalar);
                case ENCRYPTED -> open(scalar, body, key, wrong);
                case TEXT, OTHER -> bared(scalar).ifPresent(wrong::add);
            }
        }
        secrets.forEach(reuse::claimOwn);
        for (Scalar secret : secrets) {
            if (secret.value().isEmpty()) {
                wrong.add(empty(secret));
            } else {
                sealed.replace(secret, written(secret, reuse));
            }
        }
        if (wrong.isEmpty()) {
            leftOpen(sealed.text(), body).ifPresent(wrong::add);
        }
        return Checked.unlessErrors(sealed.text(), below(lines, wrong));
    }

    private String written(Scalar secret, Reuse reuse) {
        Optional<Opened> old = reuse.of(secret);
        if (old.isPresent() && reuse.isOwn(secret) && old.get().fits(secret)) {
            return old.get().source();
        }
        EncryptedValue value = old.map(Opened::value).orElseGet(() -> key.encrypt(secret.value()));
        return Sealing.written(value, secret);
    }

    private static int lengthOfHints(String edited) {
        int at = 0;
        while (edited.startsWith(HINT, at)) {
            int end = edited.indexOf('\n', at);
            at = end < 0 ? edited.length() : end + 1;
        }
        return at;
    }

    /** A secret that lost its mark would be on the disk for all to read. */
    private Optional<Diagnostic> bared(Scalar scalar) {
        for (Opened one : opened) {
            boolean same = one.plain().equals(scalar.value());
            if (same
                    && (one.scalar().path().equals(scalar.path())
                            || scalar.value().length() >= TELLING)) {
                return Optional.of(plain("The secret of " + one.scalar().path() + " would be written in plain.")
                        .at(scalar.at()));
            }
        }
        return Optional.empty();
    }

    /** Comments are no values, yet a value that is commented out is in one. */
    private Optional<Diagnostic> leftOpen(String sealed, String edited) {
        Set<String> known = new HashSet<>(source.lines().toList());
        for (String line : sealed.lines().toList()) {
            if (!known.contains(line) && isTelling(line)) {
                int number = edited.lines().toList().indexOf(line);
                SourceRange at = SourceRange.point(file, Math.max(0, number) + 1, 1);
                return Optional.of(plain("A secret would stay on this line in plain, in a comment or a text.")
                        .at(at));
            }
        }
        return Optional.empty();
    }

    private boolean isTelling(String line) {
        if (line.contains(Scalars.SECRET_TAG)) {
            return true;
        }
        return opened.stream()
                .flatMap(one -> one.plain().lines())
                .anyMatch(secret -> secret.length() >= TELLING && line.contains(secret));
    }

    private static Diagnostic plain(String detail) {
        return Diagnostic.error(Code.ENCRYPTED, "Secret in plain", detail)
                .suggest("Write !secret before the value, or delete it, and change it wherever it is used.");
    }

    private static Diagnostic twice(Scalar scalar) {
        return Diagnostic.error(
                        Code.DATA, "Broken data", "The key " + scalar.path() + " stands here for the second time.")
                .at(scalar.at())
                .suggest("Delete one of the two.");
    }

    private static Diagnostic empty(Scalar secret) {
        return Diagnostic.error(Code.ENCRYPTED, "Encrypted value", "There is nothing after " + Scalars.SECRET_TAG + ".")
                .at(secret.at())
                .suggest("Write the value after it, in quotes.");
    }

    /** The author sees the hints, and counts them. */
    private static List<Diagnostic> below(int lines, List<Diagnostic> told) {
        return told.stream()
                .map(one -> one.at().map(at -> one.at(moved(at, lines))).orElse(one))
                .toList();
    }

    private static SourceRange moved(SourceRange at, int lines) {
        return new SourceRange(at.file(), at.line() + lines, at.column(), at.endLine() + lines, at.endColumn());
    }

    /** Which encrypted values are still what they were: first those under their own key, then any of the same text. */
    private static final class Reuse {
        private final Map<String, Opened> byPath = new HashMap<>();
        private final Map<String, Queue<Opened>> byText = new HashMap<>();
        private final Map<Scalar, Opened> own = new HashMap<>();

        Reuse(List<Opened> opened) {
            for (Opened one : opened) {
                byPath.put(one.scalar().path(), one);
                byText.computeIfAbsent(one.plain(), text -> new ArrayDeque<>()).add(one);
            }
        }

        void claimOwn(Scalar secret) {
            Opened same = byPath.get(secret.path());
            if (same != null && same.plain().equals(secret.value())) {
                own.put(secret, same);
                byText.get(same.plain()).remove(same);
            }
        }

        boolean isOwn(Scalar secret) {
            return own.containsKey(secret);
        }

        Optional<Opened> of(Scalar secret) {
            return Optional.ofNullable(own.get(secret))
                    .or(() -> Optional.ofNullable(byText.get(secret.value())).map(Queue::poll));
        }
    }
}
