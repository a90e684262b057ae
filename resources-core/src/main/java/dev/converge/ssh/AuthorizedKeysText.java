package dev.converge.ssh;

import dev.converge.textedit.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lines of an {@code authorized_keys} file that one resource is about. */
final class AuthorizedKeysText {
    private final Lines lines;
    private final AuthorizedKeyResource desired;
    private final List<KeyLine> own = new ArrayList<>();

    AuthorizedKeysText(String text, AuthorizedKeyResource desired) {
        this.lines = Lines.of(text);
        this.desired = desired;
        for (int i = 0; i < lines.size(); i++) {
            KeyLine.of(i, lines.get(i)).filter(this::isOwn).ifPresent(own::add);
        }
    }

    /** The same key lets the same person in under any comment, and a new key takes over the comment of the old one. */
    private boolean isOwn(KeyLine line) {
        return desired.key().equals(Optional.of(line.key()))
                || line.comment().equals(desired.name().label());
    }

    /** The line that stays: the first with the key, or else the first with the comment. */
    private Optional<KeyLine> first() {
        return own.stream()
                .filter(line -> desired.key().equals(Optional.of(line.key())))
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    Optional<AuthorizedKeyResource> state() {
        return first().map(line -> desired.seen(line, own.size() - 1));
    }

    String with() {
        Optional<KeyLine> kept = first();
        String options = desired.options()
                .map(given -> given.stream().map(KeyOption::text).collect(Collectors.joining(",")))
                .orElseGet(() -> kept.map(KeyLine::options).orElse(""));
        String line = new KeyLine(
                        -1, options, desired.key().orElseThrow(), desired.name().label())
                .toString();
        if (kept.isEmpty()) {
            return lines.insert(lines.size(), List.of(line)).toString();
        }
        boolean same = kept.get().toString().equals(line);
        Lines edited = same ? lines : lines.replace(kept.get().number(), line);
        return without(
                own.stream().filter(one -> one.number() != kept.get().number()).toList(), edited);
    }

    String without() {
        return without(own, lines);
    }

    private static String without(List<KeyLine> gone, Lines from) {
        return from.without(gone.stream().map(KeyLine::number).toList()).toString();
    }
}
