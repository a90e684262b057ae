package dev.converge.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a line of allowed signers: {@code principals [options] type key [comment]}. */
final class AllowedSignerLine {
    private static final Pattern WORD = Pattern.compile("((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"])+)\\s*");
    private static final Pattern OPTION =
            Pattern.compile("([A-Za-z-]+)(?:=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\"]*)))?(?:,|$)");
    private static final Pattern TIME = Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)(?:(\\d\\d)(\\d\\d)(\\d\\d)?)?(Z?)");

    private boolean authority;
    private Optional<List<String>> namespaces = Optional.empty();
    private Optional<Instant> after = Optional.empty();
    private Optional<Instant> before = Optional.empty();

    private AllowedSignerLine() {}

    /** @throws IllegalArgumentException with a clause that says what is wrong */
    static AllowedSigners.Line parse(String line) {
        Matcher words = WORD.matcher(line);
        String principals = next(words).replace("\"", "");
        String word = next(words);
        AllowedSignerLine read = new AllowedSignerLine();
        if (!SshKey.isType(word)) {
            read.options(word);
            word = next(words);
        }
        if (!SshKey.isType(word)) {
            throw new IllegalArgumentException("\"" + word + "\" is neither an option nor a type of key");
        }
        SshKey key = SshKey.parse(word, next(words));
        return new AllowedSigners.Line(principals, read.authority, read.namespaces, read.after, read.before, key);
    }

    private static String next(Matcher words) {
        if (!words.find()) {
            throw new IllegalArgumentException("it ends before its key");
        }
        return words.group(1);
    }

    private void options(String text) {
        Matcher option = OPTION.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!option.find(end) || option.start() != end) {
                throw new IllegalArgumentException("\"" + text + "\" is neither options nor a type of key");
            }
            end = option.end();
            String quoted = option.group(2) == null ? option.group(3) : option.group(2);
            set(option.group(1), quoted == null ? "" : quoted.replace("\\\"", "\""));
        }
    }

    private void set(String name, String value) {
        switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "cert-authority" -> authority = true;
            case "namespaces" -> namespaces = Optional.of(List.of(value.split(",")));
            case "valid-after" -> after = Optional.of(time(value));
            case "valid-before" -> before = Optional.of(time(value));
            default -> throw new IllegalArgumentException("there is no option \"" + name + "\"");
        }
    }

    /** {@code YYYYMMDD[HHMM[SS]][Z]}, of the host's time zone without Z. */
    private static Instant time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time such as 20260131Z or 202601311200Z");
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(time, 1),
                    number(time, 2),
                    number(time, 3),
                    number(time, 4),
                    number(time, 5),
                    number(time, 6));
            return local.atZone(time.group(7).isEmpty() ? ZoneId.systemDefault() : ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time that there is", e);
        }
    }

    private static int number(Matcher time, int group) {
        return time.group(group) == null ? 0 : Integer.parseInt(time.group(group));
    }
}
