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
    private static final int PARTS = 3;
    private static final Pattern SPACE = Pattern.compile("[ \t]+");

    /** Options, which have no space outside quotes, and what follows them; possessive, so that no length overflows. */
    private static final Pattern OPTIONS =
            Pattern.compile("\\s*((?:[^\\s\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\")++)(\\s.*)", Pattern.DOTALL);

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
        String[] words = SPACE.split(rest.strip(), PARTS);
        if (words.length < 2 || !PublicKey.isType(words[0])) {
            return Optional.empty();
        }
        String comment = words.length < PARTS ? "" : words[2];
        return Optional.of(new KeyLine(number, options, new PublicKey(words[0], words[1]), comment));
    }

    @Override
    public String toString() {
        return (options.isEmpty() ? "" : options + " ") + key + (comment.isEmpty() ? "" : " " + comment);
    }
}
