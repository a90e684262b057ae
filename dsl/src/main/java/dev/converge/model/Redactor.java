package dev.converge.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Masks the values of a manifest's secrets in text that people or programs will see, wherever the text comes from: the
 * output of a command, a message of the operating system, the content of a file.
 */
public final class Redactor {
    /** Shorter lines of a secret of several lines are too common to give anything away, such as {@code }}. */
    private static final int SHORTEST_LINE = 4;

    private final List<String> values;

    private Redactor(List<String> values) {
        this.values = values;
    }

    public static Redactor of(List<Secret> secrets) {
        if (secrets.isEmpty()) {
            return new Redactor(List.of());
        }
        TreeSet<String> values = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (Secret secret : secrets) {
            add(secret.reveal(), values);
        }
        return new Redactor(new ArrayList<>(values));
    }

    /** Longest first, so that a secret that holds another one is masked whole; each line alone, for diffs. */
    private static void add(String value, TreeSet<String> into) {
        if (value.isBlank()) {
            return;
        }
        into.add(value);
        into.add(value.strip());
        if (value.indexOf('\n') < 0) {
            return;
        }
        for (String line : value.split("\n")) {
            if (line.strip().length() >= SHORTEST_LINE) {
                into.add(line.strip());
            }
        }
    }

    /** The text with every secret replaced by {@value Secret#MASK}. */
    public String redact(String text) {
        String shown = text;
        for (String value : values) {
            shown = shown.replace(value, Secret.MASK);
        }
        return shown;
    }
}
