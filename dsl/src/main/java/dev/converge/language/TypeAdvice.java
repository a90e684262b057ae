package dev.converge.language;

import dev.converge.data.DataValue;
import dev.converge.data.DataValue.Empty;
import dev.converge.data.DataValue.Scalar;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Secret;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says what to write in a data file where a value is of another type than the one that is wanted. */
final class TypeAdvice {
    private static final Pattern WHOLE = Pattern.compile("[-+]?\\d+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d+(\\.\\d+)?");

    /** What YAML 1.1, and so Hiera, takes for truths. */
    private static final Map<String, String> TRUTHS =
            Map.of("yes", "true", "on", "true", "y", "true", "no", "false", "off", "false", "n", "false");

    private TypeAdvice() {}

    static Optional<String> of(DataValue value, DataType type) {
        Class<?> wanted = type.type();
        if (wanted.isEnum()) {
            return Optional.of(constant(value, wanted));
        }
        if (!type.isPossible()) {
            return Optional.of("Values of this type cannot be in data: give it in the manifest.");
        }
        if (value instanceof Empty) {
            return Optional.of("Give it a value, or take it out.");
        }
        if (type.isMap()) {
            return Optional.of("Write it as a map: { key: value }");
        }
        if (type.isList() || type.isSet()) {
            return Optional.of("Write it as a list: [" + (isShort(value) ? value.plain() : "a, b") + "]");
        }
        if (wanted.isAssignableFrom(String.class)) {
            return Optional.of(value instanceof Scalar ? "Put it in quotes." : "Write one text.");
        }
        return Optional.of(scalar(value, wanted));
    }

    private static String constant(DataValue value, Class<?> type) {
        List<String> names = Stream.of(type.getEnumConstants())
                .map(known -> ((Enum<?>) known).name())
                .toList();
        return text(value)
                .flatMap(text -> Suggestions.didYouMean(text, names))
                .orElse("Write one of " + String.join(", ", names) + ".");
    }

    private static String scalar(DataValue value, Class<?> wanted) {
        if (value instanceof Scalar scalar && scalar.value() instanceof Secret) {
            return "A secret is text: let it be a String where it is wanted.";
        }
        String text = text(value).orElse("");
        if (wanted == Boolean.class) {
            String word = text.toLowerCase(Locale.ROOT);
            boolean quoted = word.equals("true") || word.equals("false");
            return quoted ? unquoted(word) : "Write " + TRUTHS.getOrDefault(word, "true or false") + ".";
        }
        boolean fraction = wanted == Double.class || wanted == BigDecimal.class || wanted == Number.class;
        if ((fraction ? DECIMAL : WHOLE).matcher(text).matches()) {
            return unquoted(text);
        }
        return fraction ? "Write a number." : "Write a whole number.";
    }

    private static String unquoted(String text) {
        return "Write it without quotes: " + text;
    }

    private static boolean isShort(DataValue value) {
        return value instanceof Scalar scalar
                && !(scalar.value() instanceof Secret)
                && scalar.value().toString().matches("[\\w./-]{1,40}");
    }

    private static Optional<String> text(DataValue value) {
        return value instanceof Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }
}
