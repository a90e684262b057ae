package dev.converge.ssh;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code authorized_keys} that has a key.
 *
 * @param number which line it is, from 0
 * @param options as they are written; empty when there are none
 * @param comment empty when there is none
 */
record KeyLine(int number, String options, PublicKey key, String comment) {
    private static final Pattern KEY = Pattern.compile("\\s*(\\S+)\\s+(\\S+)(?:\\s+(.*?))?\\s*");

    /** Options, which have no space outside quotes, and what follows them; possessive, so that no length overflows. */
    private static final Pattern OPTIONS = Pattern.compile("\\s*((?:[^\\s\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\")++)(\\s.*)");

    /** Empty when it is blank, a comment, or nothing that sshd reads. */
    static Optional<KeyLine> of(int number, String line) {
        if (line.stripLeading().startsWith("#")) {
            return Optional.empty();
        }
        Matcher options = OPTIONS.matcher(line);
        return key(number, "", line)
                .or(() -> options.matches() ? key(number, options.group(1), options.group(2)) : Optional.empty());
    }

    private static Optional<KeyLine> key(int number, String options, String rest) {
        Matcher parts = KEY.matcher(rest);
        if (!parts.matches() || !PublicKey.isType(parts.group(1))) {
            return Optional.empty();
        }
        PublicKey key = new PublicKey(parts.group(1), parts.group(2));
        return Optional.of(new KeyLine(
                number, options, key, Optional.ofNullable(parts.group(3)).orElse("")));
    }

    @Override
    public String toString() {
        return (options.isEmpty() ? "" : options + " ") + key + (comment.isEmpty() ? "" : " " + comment);
    }
}
