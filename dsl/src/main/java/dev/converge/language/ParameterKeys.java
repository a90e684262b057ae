package dev.converge.language;

import java.util.Locale;
import java.util.regex.Pattern;

/** The keys that parameters of composites have in data: {@code nginx.site.port} for {@code NginxSite.port}. */
final class ParameterKeys {
    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_");

    private ParameterKeys() {}

    /** What the keys of a composite begin with: the words of its class. */
    static String prefix(String className) {
        return WORDS.matcher(className).replaceAll(".").toLowerCase(Locale.ROOT);
    }
}
