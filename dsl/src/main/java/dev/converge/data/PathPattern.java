package dev.converge.data;

import dev.converge.facts.Facts;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of a hierarchy with facts in it, such as {@code hosts/${fqdn}.yaml}.
 *
 * @param text as it is written
 */
record PathPattern(String text) {
    private static final Pattern FACT = Pattern.compile("\\$\\{\\s*([^}]*?)\\s*}");

    /** What a glob has a meaning for. */
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\]");

    /** A fact that a host lacks; the level is skipped. */
    static final class Lacking extends Exception {
        private static final long serialVersionUID = 1L;

        Lacking(String why) {
            super(why, null, false, false);
        }
    }

    /** The text for a host. */
    String of(Facts facts) throws Lacking {
        return of(facts, UnaryOperator.identity());
    }

    /** The same as a glob, in which the facts stand for themselves. */
    String glob(Facts facts) throws Lacking {
        return of(facts, PathPattern::escaped);
    }

    /** The same for a glob, where nothing but the facts stands for something else. */
    PathPattern literal() {
        StringBuilder out = new StringBuilder();
        Matcher matcher = FACT.matcher(text);
        int done = 0;
        while (matcher.find()) {
            out.append(escaped(text.substring(done, matcher.start()))).append(matcher.group());
            done = matcher.end();
        }
        return new PathPattern(out + escaped(text.substring(done)));
    }

    private static String escaped(String plain) {
        return SPECIAL.matcher(plain).replaceAll("\\\\$0");
    }

    /** The names of the facts in it. */
    List<String> facts() {
        return FACT.matcher(text).results().map(found -> name(found.group(1))).toList();
    }

    /** A glob of what it can be for any host. */
    String anyHost() {
        return FACT.matcher(text).replaceAll("*");
    }

    private String of(Facts facts, UnaryOperator<String> written) throws Lacking {
        if (text.indexOf('$') < 0) {
            return text;
        }
        Matcher matcher = FACT.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(out, Matcher.quoteReplacement(written.apply(value(matcher.group(1), facts))));
        }
        return matcher.appendTail(out).toString();
    }

    private static String name(String path) {
        return path.startsWith("facts.") ? path.substring("facts.".length()) : path;
    }

    private static String value(String path, Facts facts) throws Lacking {
        String fact = name(path);
        Optional<Object> value = facts.find(fact);
        if (value.isEmpty()) {
            throw new Lacking("this host has no fact " + fact);
        }
        if (value.get() instanceof Map || value.get() instanceof Collection) {
            throw new Lacking("the fact " + fact + " is no single text here");
        }
        String text = value.get().toString();
        if (text.indexOf('\0') >= 0) {
            throw new Lacking("the fact " + fact + " has a character in it that no path has");
        }
        if (text.isEmpty()) {
            throw new Lacking("the fact " + fact + " is empty here");
        }
        return text;
    }
}
