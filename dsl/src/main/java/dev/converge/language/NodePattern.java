package dev.converge.language;

import dev.converge.facts.Facts;
import java.util.Collection;
import java.util.regex.Pattern;

/** Whether a host is meant by {@code node('web-*.example.com')}: its name or its full name has to match wholly. */
final class NodePattern {
    private NodePattern() {}

    static boolean anyMatches(Collection<? extends CharSequence> globs, Facts facts) {
        for (CharSequence glob : globs) {
            if (matches(compile(glob.toString()), facts)) {
                return true;
            }
        }
        return false;
    }

    static boolean matches(Pattern pattern, Facts facts) {
        return pattern.matcher(facts.getHostname()).matches()
                || pattern.matcher(facts.getFqdn()).matches();
    }

    /** {@code *} is any text, {@code ?} one character, {@code {a,b}} either; host names ignore case (RFC 4343). */
    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        for (char c : glob.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '{' -> {
                    braces++;
                    regex.append("(?:");
                }
                case '}' -> regex.append(braces-- > 0 ? ")" : "\\}");
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        regex.append(")".repeat(Math.max(0, braces)));
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
    }
}
