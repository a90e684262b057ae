package dev.converge.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A word between the braces of a type that adds an element to one of its lists: {@code set 'PermitRootLogin', 'no'}.
 *
 * @param attribute the list's place in the record
 * @param word what the author writes
 * @param parts what follows it
 * @param doc what it means
 */
public record WordForm(int attribute, String word, List<Part> parts, String doc) {
    /** One value behind a word. */
    public record Part(String name, Class<?> type) {}

    /** How it is written: {@code set 'path', 'value'}. */
    public String shown() {
        String given = parts.stream().map(WordForm::shown).collect(Collectors.joining(", "));
        return given.isEmpty() ? word + "()" : word + " " + given;
    }

    private static String shown(Part part) {
        boolean text = !Number.class.isAssignableFrom(part.type()) && part.type() != Boolean.class;
        return text ? "'" + part.name() + "'" : part.name();
    }
}
