package dev.converge.target;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The functions that a rendered script is written with: those alone that it needs, and those that these need. */
final class Prelude {
    private static final Pattern WORD = Pattern.compile("[a-z_]+");
    private static final Map<String, String> FUNCTIONS = read();

    private Prelude() {}

    /** The functions for a text, in one order whatever the text. */
    static String of(String body) {
        Set<String> needed = new TreeSet<>();
        collect(body, needed);
        StringBuilder out = new StringBuilder();
        FUNCTIONS.forEach((name, text) -> {
            if (needed.contains(name)) {
                out.append(text).append('\n');
            }
        });
        return out.toString();
    }

    private static void collect(String text, Set<String> needed) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String function = FUNCTIONS.get(words.group());
            if (function != null && needed.add(words.group())) {
                collect(function, needed);
            }
        }
    }

    private static Map<String, String> read() {
        Map<String, String> functions = new LinkedHashMap<>();
        try (InputStream in = Prelude.class.getResourceAsStream("first-boot.sh")) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String function : all.split("\n(?=# [a-z_]+[ :])")) {
                functions.put(function.substring(2).split("[ :]", 2)[0], function);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return functions;
    }
}
