package dev.converge.language;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.util.ArrayList;
import java.util.List;

/** The secrets of one compilation, and the markers that stand for them in a manifest's strings. */
final class SecretVault {
    /** Private-use characters that no manifest has a reason to write; digits between them survive any change of case. */
    private static final char OPEN = '\uF8C5';

    private static final char CLOSE = '\uF8C6';

    private final List<Secret> secrets = new ArrayList<>();

    SecretToken keep(String value) {
        if (value.isEmpty()) {
            return new SecretToken("");
        }
        if (holdsMarker(value)) {
            return new SecretToken(value);
        }
        secrets.add(Secret.of(value));
        return new SecretToken(OPEN + String.valueOf(secrets.size() - 1) + CLOSE);
    }

    List<Secret> secrets() {
        return List.copyOf(secrets);
    }

    static boolean holdsMarker(String text) {
        return text.indexOf(OPEN) >= 0 || text.indexOf(CLOSE) >= 0;
    }

    /** The text with its secrets in place of their markers. */
    Text text(String marked) {
        if (!holdsMarker(marked)) {
            return Text.of(marked);
        }
        List<Object> parts = new ArrayList<>();
        int at = 0;
        while (at < marked.length()) {
            int open = marked.indexOf(OPEN, at);
            if (open < 0) {
                parts.add(marked.substring(at));
                break;
            }
            if (open > at) {
                parts.add(marked.substring(at, open));
            }
            int close = marked.indexOf(CLOSE, open);
            parts.add(secret(close < 0 ? "" : marked.substring(open + 1, close)));
            at = close + 1;
        }
        for (Object part : parts) {
            if (part instanceof String plain && holdsMarker(plain)) {
                throw cut();
            }
        }
        return Text.of(parts);
    }

    private Secret secret(String number) {
        if (!number.matches("\\d{1,6}") || Integer.parseInt(number) >= secrets.size()) {
            throw cut();
        }
        return secrets.get(Integer.parseInt(number));
    }

    private static InvalidValueException cut() {
        return new InvalidValueException(
                "A secret was cut or changed before it got here.",
                "Use a secret whole: join it, interpolate it or pass it to a template.");
    }

    /** For messages: every marker masked. */
    static String mask(String marked) {
        return marked.replaceAll(OPEN + "\\d*" + CLOSE, Secret.MASK).replaceAll("[" + OPEN + CLOSE + "]", "");
    }

    /** Everything that a diagnostic says, with every marker masked. */
    static Diagnostic mask(Diagnostic shown) {
        return new Diagnostic(
                shown.severity(),
                shown.code(),
                shown.summary(),
                mask(shown.detail()),
                shown.at(),
                shown.suggestion().map(SecretVault::mask),
                shown.related().stream()
                        .map(other -> new Related(mask(other.message()), other.at()))
                        .toList());
    }
}
