package dev.converge.augeas;

import java.util.Optional;
import java.util.regex.Pattern;

/** The value of a variable in a file that a shell reads, and the quotes around it; see sh(1), "Quoting". */
final class ShellValue {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]*");
    private static final String ESCAPED_IN_QUOTES = "$`\"\\";

    private ShellValue() {}

    /** What the shell makes of it; empty when that depends on other variables or on commands. */
    static Optional<String> literal(String written) {
        StringBuilder value = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < written.length(); i++) {
            char letter = written.charAt(i);
            if (quote != '\'' && (letter == '$' || letter == '`')) {
                return Optional.empty();
            }
            if (quote != '\'' && letter == '\\' && i + 1 < written.length()) {
                char next = written.charAt(++i);
                boolean kept = quote == '"' && ESCAPED_IN_QUOTES.indexOf(next) < 0;
                value.append(kept ? "\\" : "").append(next);
            } else if (letter == quote) {
                quote = 0;
            } else if (quote == 0 && (letter == '"' || letter == '\'')) {
                quote = letter;
            } else {
                value.append(letter);
            }
        }
        return quote == 0 ? Optional.of(value.toString()) : Optional.empty();
    }

    /** As the file had it where that can hold the value, else with as few quotes as it takes. */
    static String written(String value, Optional<String> old) {
        boolean single = old.filter(seen -> seen.startsWith("'")).isPresent();
        boolean doubled = old.filter(seen -> seen.startsWith("\"")).isPresent();
        boolean plain = PLAIN.matcher(value).matches();
        if (plain && !single && !doubled) {
            return value;
        }
        boolean hasSpecial = !plain && value.matches("(?s).*[$`\\\\].*");
        if (value.indexOf('\'') < 0 && (single || (hasSpecial && !doubled))) {
            return "'" + value + "'";
        }
        return '"' + value.replaceAll("([$`\"\\\\])", "\\\\$1") + '"';
    }
}
