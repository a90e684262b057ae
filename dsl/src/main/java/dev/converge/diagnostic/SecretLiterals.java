package dev.converge.diagnostic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides what a source line gives to {@code secret} or to something called a password: its literals, and nothing else, for the
 * rest of the line is what a reader has to see. Lengths stay, so that columns hold.
 */
final class SecretLiterals {
    private static final String SECRET_WORD = "[\\w.-]*(?i:password|secret)\\w*";

    /** A text in quotes ends with its line; what stands between the braces of an expression in it may have quotes itself. */
    private static final String TEXT = "'''.*?(?:'''|$)|\"\"\".*?(?:\"\"\"|$)|'(?:[^'\\\\]++|\\\\.)*+'?"
            + "|\"(?:[^\"\\\\$]++|\\\\.|\\$\\{[^}]*+}|\\$)*+\"?";

    /** A slash begins a text only where no number can stand before it. An apostrophe in a word of a comment begins none. */
    private static final Pattern TOKEN =
            Pattern.compile("(?<name>(?<quote>['\"])" + SECRET_WORD + "\\k<quote>)\\s*[:,]\\s*"
                    + "|(?<word>[A-Za-z_$][\\w$]*(?:'(?:s|t|re|ve|ll|d|m)\\b)?)"
                    + "|(?<text>" + TEXT + "|(?<=[(,=~]\\s{0,3})/(?:[^/\\\\]++|\\\\.)++/|\\d[\\d.]*)"
                    + "|(?<between>[\\s(=:]+)"
                    + "|.");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*+}");
    private static final Pattern SECRET = Pattern.compile(SECRET_WORD);

    private SecretLiterals() {}

    /** The line with stars in the place of its secrets. */
    static String hidden(String line) {
        StringBuilder out = new StringBuilder();
        Matcher token = TOKEN.matcher(line);
        boolean given = false;
        while (token.find()) {
            String name = token.group("name");
            boolean literal = name != null || token.group("text") != null;
            if (given && literal) {
                String secret = name == null ? token.group() : name;
                out.append("*".repeat(secret.length()))
                        .append(token.group(), secret.length(), token.group().length());
            } else {
                out.append(literal ? inText(token.group()) : token.group());
            }
            given = (name != null && !given)
                    || isSecret(token.group("word"))
                    || (given && token.group("between") != null);
        }
        return out.toString();
    }

    private static boolean isSecret(String word) {
        return word != null && SECRET.matcher(word).matches();
    }

    private static String inText(String text) {
        return EXPRESSION
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement("${" + hidden(found.group().substring(2))));
    }
}
