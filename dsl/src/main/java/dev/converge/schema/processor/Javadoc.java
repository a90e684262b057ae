package dev.converge.schema.processor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a Javadoc comment that are used: what stands before the tags, and the {@code @param} texts. */
record Javadoc(String body, Map<String, String> params) {
    static Javadoc parse(Optional<String> comment) {
        Map<String, String> params = new HashMap<>();
        String[] parts = plain(comment.orElse("")).split("(?m)(^|\\s)@param\\s+");
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            int space = part.indexOf(' ');
            if (space > 0) {
                params.put(part.substring(0, space), part.substring(space).strip());
            }
        }
        return new Javadoc(parts[0].strip(), params);
    }

    /** One line, {@code {@code x}} as {@code x}, without HTML tags. */
    private static String plain(String comment) {
        return comment.replaceAll("\\{@(?:code|link|value|literal)\\s+([^}]*)}", "$1")
                .replaceAll("</?[a-z]+>", "")
                .replaceAll("\\s+", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }
}
