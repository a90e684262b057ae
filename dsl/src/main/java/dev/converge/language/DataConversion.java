package dev.converge.language;

import dev.converge.data.DataFailure;
import dev.converge.data.DataValue;
import dev.converge.data.DataValue.Empty;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes values of the language of values of data files: never by guessing, for text that is a number is a mistake. */
final class DataConversion {
    private final SecretVault vault;

    DataConversion(SecretVault vault) {
        this.vault = vault;
    }

    /**
     * The value as a type.
     *
     * @param key what it is the value of, for messages
     * @throws DataFailure at the value's own place, when it is of another type
     */
    Object convert(String key, DataValue value, DataType type) {
        if (value instanceof Sequence list && (type.isList() || isAny(type))) {
            return elements(key, list, type.element(), new ArrayList<>());
        }
        if (value instanceof Sequence list && type.isSet()) {
            return elements(key, list, type.element(), new LinkedHashSet<>());
        }
        if (value instanceof Mapping map && (type.isMap() || isAny(type))) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.entries().forEach((name, entry) -> {
                if (!(entry.value() instanceof Empty)) {
                    all.put(name, convert(key + "." + name, entry.value(), type.element()));
                }
            });
            return all;
        }
        if (value instanceof Scalar scalar) {
            return scalar(scalar, type.type()).orElseThrow(() -> wrong(key, value, type));
        }
        throw wrong(key, value, type);
    }

    private static boolean isAny(DataType type) {
        return type.type() == Object.class;
    }

    private Collection<Object> elements(String key, Sequence list, DataType type, Collection<Object> into) {
        int number = 0;
        for (DataValue element : list.elements()) {
            into.add(convert(key + "[" + number++ + "]", element, type));
        }
        return into;
    }

    private Optional<Object> scalar(Scalar scalar, Class<?> type) {
        Object value = scalar.value();
        if (value instanceof Secret secret) {
            boolean text = type.isAssignableFrom(String.class);
            return text ? Optional.of(vault.keep(secret.reveal()).toString()) : Optional.empty();
        }
        if (value instanceof Number number && Number.class.isAssignableFrom(type)) {
            return number(number, type);
        }
        if (value instanceof String word && type.isEnum()) {
            return constant(word, type);
        }
        return type.isInstance(value) ? Optional.of(value) : Optional.empty();
    }

    /** The number as a type; empty when it would lose something. */
    static Optional<Object> number(Number value, Class<?> type) {
        boolean whole = !(value instanceof BigDecimal);
        if (type == Long.class && value instanceof Integer) {
            return Optional.of(value.longValue());
        }
        if (type == BigInteger.class && whole) {
            return Optional.of(new BigInteger(value.toString()));
        }
        if (type == BigDecimal.class) {
            return Optional.of(new BigDecimal(value.toString()));
        }
        if (type == Double.class) {
            return Optional.of(value.doubleValue());
        }
        return type.isInstance(value) ? Optional.of(value) : Optional.empty();
    }

    /** {@code strict} is STRICT too, {@code read-only} is READ_ONLY. */
    private static Optional<Object> constant(String word, Class<?> type) {
        return Stream.of(type.getEnumConstants())
                .filter(known -> ((Enum<?>) known).name().equalsIgnoreCase(word.replace('-', '_')))
                .map(Object.class::cast)
                .findFirst();
    }

    private static DataFailure wrong(String key, DataValue value, DataType type) {
        Optional<String> word = value instanceof Scalar scalar && scalar.value() instanceof String text
                ? Optional.of(text)
                : Optional.empty();
        String shown = word.filter(text -> text.length() <= 60 && !text.contains("\n"))
                .map(text -> ", \"" + text + "\",")
                .orElse("");
        String detail = "\"" + key + "\" is " + value.kind() + shown + " where " + type + " is wanted.";
        return new DataFailure(Diagnostic.error(Code.WRONG_TYPE, "Wrong type", detail)
                .at(value.at())
                .suggest(TypeAdvice.of(value, type)));
    }
}
