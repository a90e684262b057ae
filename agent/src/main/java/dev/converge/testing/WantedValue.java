package dev.converge.testing;

import dev.converge.model.Attribute;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.SiteFiles;
import dev.converge.model.Text;
import dev.converge.schema.RecordSchema;
import dev.converge.schema.Values;
import groovy.lang.Closure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/**
 * One attribute as a spec wants it, held against the catalog's: a value as a manifest gives it, a pattern that has to be
 * found in its text, or a closure that says whether it will do.
 */
final class WantedValue {
    /** A spec names files as the manifest does; that they are there was seen when that was compiled. */
    private static final SiteFiles FILES = Path::of;

    private final RecordSchema<?> schema;
    private final Attribute attribute;
    private final Object given;

    WantedValue(RecordSchema<?> schema, Attribute attribute, Object given) {
        this.schema = schema;
        this.attribute = attribute;
        this.given = given;
    }

    /** @param component what the record has; may be empty */
    boolean isMetBy(Object component) {
        Object actual = component instanceof Optional<?> optional ? optional.orElse(null) : component;
        if (given instanceof Closure<?> judge) {
            return DefaultTypeTransformation.castToBoolean(judge.call(readable(actual)));
        }
        if (actual == null) {
            return false;
        }
        if (given instanceof Pattern pattern) {
            return pattern.matcher(text(actual)).find();
        }
        if (actual instanceof Content content && content.origin().isPresent()) {
            return content.origin().get().equals(given.toString());
        }
        return same(coerced(), actual);
    }

    /** How it is shown when it is not met. */
    String shown() {
        if (given instanceof Closure<?>) {
            return "what the closure accepts";
        }
        return given instanceof Pattern pattern ? "/" + pattern + "/" : Values.display(given);
    }

    /** The whole text of content that is wanted, for comparing line by line. */
    Optional<String> wholeText() {
        boolean lines = given instanceof CharSequence && given.toString().indexOf('\n') >= 0;
        return lines ? Optional.of(given.toString()) : Optional.empty();
    }

    private static boolean same(Object wanted, Object actual) {
        if (wanted instanceof Content wish && actual instanceof Content content) {
            return wish.satisfiedBy(content);
        }
        return wanted.equals(actual);
    }

    /** What a closure gets: text, numbers, lists, maps; {@code null} for what was not given. */
    private static Object readable(Object actual) {
        if (actual == null) {
            return null;
        }
        return actual instanceof Content content ? text(content) : Values.plain(actual);
    }

    private static String text(Object actual) {
        return actual instanceof Content content
                ? Content.decode(content.bytes()).orElse("")
                : Values.display(actual);
    }

    private Object coerced() {
        return switch (attribute.shape()) {
            case ONE, OPTIONAL -> one(given);
            case LIST, OPTIONAL_LIST -> several();
            case OPTIONAL_SET -> new LinkedHashSet<>(several());
            case MAP, OPTIONAL_MAP -> map();
        };
    }

    private List<Object> several() {
        Collection<?> all = given instanceof Collection<?> collection
                ? collection
                : given instanceof Object[] array ? Arrays.asList(array) : List.of(given);
        List<Object> values = new ArrayList<>();
        all.forEach(each -> values.add(one(each)));
        return values;
    }

    private Map<String, Object> map() {
        if (!(given instanceof Map<?, ?> map)) {
            throw new SpecFailure("\"" + attribute.name() + "\" of " + schema.name() + " takes names with values.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(name.toString(), one(value)));
        return values;
    }

    private Object one(Object value) {
        Class<?> type = attribute.valueType();
        if (type.isInstance(value)) {
            return value;
        }
        if (type == Long.class && value instanceof Number number) {
            return number.longValue();
        }
        String text = String.valueOf(value);
        if (type == Text.class) {
            return Text.of(text);
        }
        if (type == Content.class) {
            return Content.of(text);
        }
        return type == Secret.class ? Secret.of(text) : parsed(text);
    }

    private Object parsed(String text) {
        try {
            return schema.parse(attribute.index(), text, FILES);
        } catch (InvalidValueException e) {
            throw new SpecFailure(
                    "\"" + attribute.name() + "\" of " + schema.name() + " in the spec: " + e.getMessage());
        }
    }
}
