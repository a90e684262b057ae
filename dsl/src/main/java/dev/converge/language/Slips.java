package dev.converge.language;

import java.util.Optional;
import java.util.regex.Pattern;

/** Advice for a line that does not parse, by what people bring along from other tools and languages. */
final class Slips {
    private static final Pattern COMMENT = Pattern.compile("^\\s*#.*");
    private static final Pattern ARROW = Pattern.compile(".*[\\])\\w]\\s*[-~]>\\s*\\w.*");
    private static final Pattern HASH_ROCKET = Pattern.compile("^\\s*(['\"]?)(\\w+)\\1\\s*=>\\s*([^,]+?),?\\s*");
    private static final Pattern BARE_WORD = Pattern.compile("(?!true$|false$|\\d+$)\\w+");
    private static final Pattern TITLE = Pattern.compile("^\\s*(\\w+)\\s*\\{\\s*(['\"][^'\"]*['\"])\\s*:.*");
    private static final Pattern DOLLAR = Pattern.compile(".*\"[^\"]*(?<!\\\\)\\$(?![{A-Za-z_]).*");
    private static final Pattern ESCAPE = Pattern.compile(".*['\"][^'\"]*(?<!\\\\)\\\\[^btnfrsu0-7'\"$\\\\].*");

    private Slips() {}

    static Optional<String> advice(String line) {
        if (COMMENT.matcher(line).matches()) {
            return Optional.of("A comment starts with two slashes: //");
        }
        var title = TITLE.matcher(line);
        if (title.matches()) {
            return Optional.of("The name stands in parentheses: " + title.group(1) + "(" + title.group(2) + ") { … }");
        }
        var rocket = HASH_ROCKET.matcher(line);
        if (rocket.matches()) {
            String value = rocket.group(3);
            boolean secret = Words.isSecret(rocket.group(2));
            String shown = BARE_WORD.matcher(value).matches() ? "'" + value + "'" : value;
            return Optional.of("Attributes are given as calls, without an arrow or a comma: " + rocket.group(2) + " "
                    + (secret ? "'…'" : shown));
        }
        if (ESCAPE.matcher(line).matches()) {
            return Optional.of("A backslash in text is written twice: \\\\");
        }
        if (DOLLAR.matcher(line).matches()) {
            return Optional.of("A plain dollar sign in double quotes is written \\$; or use single quotes.");
        }
        return ARROW.matcher(line).matches()
                ? Optional.of("Orders are written a >> b (a comes before b) and a >>> b (and notifies it).")
                : Optional.empty();
    }
}
