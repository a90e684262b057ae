package dev.converge.output;

import dev.converge.model.Attribute;
import dev.converge.schema.Parsing;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an attribute takes and means, in the words of its reader. */
public final class AttributeText {
    private AttributeText() {}

    /** What it takes, such as {@code list of text}. */
    public static String kind(Attribute attribute) {
        String one = kind(attribute.valueType());
        return switch (attribute.shape()) {
            case ONE, OPTIONAL -> one;
            case LIST, OPTIONAL_LIST -> "list of " + one;
            case OPTIONAL_SET -> "set of " + one;
            case MAP, OPTIONAL_MAP -> "map of " + one;
        };
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "'" + Parsing.spelling((Enum<?>) constant) + "'")
                    .collect(Collectors.joining(" or "));
        }
        return switch (type.getSimpleName()) {
            case "String", "Text" -> "text";
            case "Path" -> "absolute path";
            case "Integer", "Long" -> "whole number";
            case "Boolean" -> "true or false";
            default ->
                type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        };
    }

    /** What it means, as a sentence. */
    public static String sentence(Attribute attribute) {
        String doc = attribute.doc();
        String text = Character.toUpperCase(doc.charAt(0)) + doc.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }
}
