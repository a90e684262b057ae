package dev.converge.ini;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a kind of ini file is written: there is no standard.
 *
 * @param separator what stands between a key and its value; {@code =} or {@code :} when it is not said
 * @param ignoreCase whether sections and keys are the same in any case
 * @param inlineComments whether a value ends at a space and {@code ;} or {@code #}
 */
record IniDialect(Optional<String> separator, boolean ignoreCase, boolean inlineComments) {
    private static final Pattern HEADER = Pattern.compile("\\s*\\[([^\\]]*)]\\s*(?:[;#].*)?", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("\\s*[;#].*", Pattern.DOTALL);
    private static final Pattern COMMENTED = Pattern.compile("\\s*[;#]+\\s*(.*)", Pattern.DOTALL);

    /** The name of the section that a line begins. */
    Optional<String> section(String line) {
        Matcher header = HEADER.matcher(line);
        return header.matches() ? Optional.of(header.group(1).strip()) : Optional.empty();
    }

    boolean isComment(String line) {
        return COMMENT.matcher(line).matches();
    }

    /** The same for all spellings of a name. */
    String plain(String name) {
        return ignoreCase ? name.toLowerCase(Locale.ROOT) : name;
    }

    boolean isSame(String name, String other) {
        return ignoreCase ? name.equalsIgnoreCase(other) : name.equals(other);
    }

    /** The setting in a line. */
    Optional<Setting> setting(String line) {
        return setting(line, pattern());
    }

    /** The setting in each line, in their order. */
    List<Optional<Setting>> settings(List<String> lines) {
        Pattern pattern = pattern();
        return lines.stream().map(line -> setting(line, pattern)).toList();
    }

    private Optional<Setting> setting(String line, Pattern pattern) {
        Matcher matcher = pattern.matcher(line);
        if (isComment(line) || section(line).isPresent() || !matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(4);
        int end = valueEnd(rest);
        String value = rest.substring(0, end).stripTrailing();
        String comment = end < rest.length() ? rest.substring(value.length()) : "";
        return Optional.of(new Setting(matcher.group(1), matcher.group(2), matcher.group(3), value, comment));
    }

    /** Whether a line is a comment that shows how the key would be set. */
    boolean isExample(String line, String key) {
        Matcher commented = COMMENTED.matcher(line);
        return commented.matches()
                && setting(commented.group(1))
                        .filter(setting -> isSame(setting.key(), key))
                        .isPresent();
    }

    /** Groups: the indentation, the key, the separator with the spaces around it, the rest. */
    private Pattern pattern() {
        String sign = separator.map(String::strip).orElse("=:");
        if (sign.isEmpty()) {
            return Pattern.compile("(\\s*)(\\S+)(\\s+)(.*)", Pattern.DOTALL);
        }
        String separators = separator.isEmpty() ? "[=:]" : Pattern.quote(sign);
        return Pattern.compile("(\\s*)(\\S|\\S.*?\\S)(\\s*" + separators + "\\s*)(.*)", Pattern.DOTALL);
    }

    private int valueEnd(String rest) {
        for (int i = 0; inlineComments && i < rest.length(); i++) {
            boolean begins = i == 0 || Character.isWhitespace(rest.charAt(i - 1));
            if (begins && (rest.charAt(i) == ';' || rest.charAt(i) == '#')) {
                return i;
            }
        }
        return rest.length();
    }
}
