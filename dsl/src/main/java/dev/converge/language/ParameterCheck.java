package dev.converge.language;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an annotation says of the value of a parameter. */
enum ParameterCheck {
    BETWEEN(Between.class, Number.class, List.of("min", "max")) {
        @Override
        Optional<String> judge(Object value, List<?> literals) {
            BigDecimal number = new BigDecimal(value.toString());
            long min = ((Number) literals.get(0)).longValue();
            long max = ((Number) literals.get(1)).longValue();
            boolean low = min != Long.MIN_VALUE && number.compareTo(BigDecimal.valueOf(min)) < 0;
            boolean high = max != Long.MAX_VALUE && number.compareTo(BigDecimal.valueOf(max)) > 0;
            return low || high ? Optional.of(range(min, max)) : Optional.empty();
        }
    },
    MATCHES(Matches.class, CharSequence.class, List.of("value")) {
        @Override
        Optional<String> judge(Object value, List<?> literals) {
            String pattern = literals.get(0).toString();
            return Pattern.matches(pattern, value.toString())
                    ? Optional.empty()
                    : Optional.of("match /" + pattern + "/");
        }
    },
    ONE_OF(OneOf.class, CharSequence.class, List.of("value")) {
        @Override
        Optional<String> judge(Object value, List<?> literals) {
            return literals.contains(value.toString())
                    ? Optional.empty()
                    : Optional.of("be one of "
                            + String.join(
                                    ", ",
                                    literals.stream().map(Object::toString).toList()));
        }
    },
    NOT_EMPTY(NotEmpty.class, Object.class, List.of()) {
        @Override
        Optional<String> judge(Object value, List<?> literals) {
            boolean empty = value instanceof Collection<?> several
                    ? several.isEmpty()
                    : value instanceof Map<?, ?> map
                            ? map.isEmpty()
                            : value.toString().isBlank();
            return empty ? Optional.of("not be empty") : Optional.empty();
        }
    },
    /** Its mistakes have places of their own, which {@link EntryChecks} knows. */
    EACH_OF(EachOf.class, Map.class, List.of("value")) {
        @Override
        Optional<String> judge(Object value, List<?> literals) {
            return Optional.empty();
        }
    };

    private final Class<?> annotation;
    private final Class<?> judged;
    private final List<String> members;

    ParameterCheck(Class<?> annotation, Class<?> judged, List<String> members) {
        this.annotation = annotation;
        this.judged = judged;
        this.members = members;
    }

    /** What the value has to do, when it does not. */
    abstract Optional<String> judge(Object value, List<?> literals);

    /** As it is written, without the sign. */
    String word() {
        return annotation.getSimpleName();
    }

    /** What can be said between its parentheses. */
    List<String> members() {
        return members;
    }

    /** The type of that. */
    Class<?> literal() {
        return this == BETWEEN ? Number.class : String.class;
    }

    Class<?> annotation() {
        return annotation;
    }

    /** Text or a number is judged by itself, in a collection each element is; emptiness is the collection's own. */
    boolean judgesElements() {
        return this != NOT_EMPTY && this != EACH_OF;
    }

    /** Whether it says something of values of a class. */
    boolean isAbout(Class<?> type) {
        return judged.isAssignableFrom(type);
    }

    static Optional<ParameterCheck> of(String word) {
        for (ParameterCheck check : values()) {
            if (check.word().equals(word)) {
                return Optional.of(check);
            }
        }
        return Optional.empty();
    }

    private static String range(long min, long max) {
        if (min == Long.MIN_VALUE) {
            return "be at most " + max;
        }
        return max == Long.MAX_VALUE ? "be at least " + min : "be between " + min + " and " + max;
    }
}
