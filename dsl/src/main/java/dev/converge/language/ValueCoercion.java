package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Attribute;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Lines;
import dev.converge.model.Secret;
import dev.converge.model.SiteFiles;
import dev.converge.model.Text;
import dev.converge.schema.RecordSchema;
import dev.converge.schema.WordForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** From what an author gave to what the record's component holds; what does not fit is reported where it stands. */
final class ValueCoercion {
    /** Stands for a text that could not be made; why has been reported, and whatever it is part of is left out. */
    static final String UNKNOWN = "\uF8C7";

    private static final class AlreadyReported extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final SecretVault vault;
    private final SiteFiles files;
    private final Consumer<Diagnostic> problems;

    ValueCoercion(SecretVault vault, SiteFiles files, Consumer<Diagnostic> problems) {
        this.vault = vault;
        this.files = files;
        this.problems = problems;
    }

    /** The component's value in its shape; empty when it was refused. */
    Optional<Object> value(RecordSchema<?> schema, Attribute attribute, Given given) {
        return switch (attribute.shape()) {
            case ONE -> single(schema, attribute, given);
            case OPTIONAL -> single(schema, attribute, given).map(Optional::of);
            case LIST -> list(schema, attribute, given).map(List::copyOf);
            case OPTIONAL_LIST -> list(schema, attribute, given).map(values -> Optional.of(List.copyOf(values)));
            case OPTIONAL_SET ->
                list(schema, attribute, given)
                        .map(values -> Optional.of(Collections.unmodifiableSet(new LinkedHashSet<>(values))));
            case MAP -> map(schema, attribute, given).map(value -> value);
            case OPTIONAL_MAP -> map(schema, attribute, given).map(Optional::of);
        };
    }

    /** What a component holds when the author left it out. */
    Object absent(RecordSchema<?> schema, Attribute attribute) {
        Optional<Object> fallback = attribute.defaultValue().map(text -> schema.parse(attribute.index(), text, files));
        return switch (attribute.shape()) {
            case ONE -> fallback.orElseGet(() -> zero(attribute));
            case OPTIONAL -> fallback;
            case LIST -> fallback.<List<Object>>map(List::of).orElse(List.of());
            case MAP -> Map.of();
            case OPTIONAL_LIST, OPTIONAL_SET, OPTIONAL_MAP -> Optional.empty();
        };
    }

    /** A required attribute of something that shall be absent: nobody reads it. */
    private static Object zero(Attribute attribute) {
        if (attribute.valueType() == Boolean.class) {
            return false;
        }
        if (attribute.valueType() == Integer.class) {
            return 0;
        }
        if (attribute.valueType() == Content.class) {
            return Content.of("");
        }
        return attribute.valueType() == Text.class ? Text.of("") : "";
    }

    Optional<Object> single(RecordSchema<?> schema, Attribute attribute, Given given) {
        try {
            return Optional.of(one(schema, attribute, given.value()));
        } catch (AlreadyReported e) {
            return Optional.empty();
        } catch (InvalidValueException e) {
            refuse(schema, attribute, given, e);
            return Optional.empty();
        }
    }

    /** What a word of the body adds to its list; empty when it was refused. */
    Optional<Object> element(RecordSchema<?> schema, int word, Given given) {
        WordForm form = schema.words().get(word);
        List<?> parts = (List<?>) given.value();
        Object[] values = new Object[parts.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = part(form.parts().get(i).type(), parts.get(i));
            }
            return Optional.of(schema.element(word, values));
        } catch (AlreadyReported e) {
            return Optional.empty();
        } catch (InvalidValueException e) {
            problems.accept(refusal(schema, form.word(), e).at(given.at()));
            return Optional.empty();
        }
    }

    Optional<List<Object>> list(RecordSchema<?> schema, Attribute attribute, Given given) {
        Collection<?> raw = given.value() instanceof Collection<?> collection
                ? collection
                : given.value() instanceof Object[] array ? Arrays.asList(array) : boxed(given.value());
        List<Object> values = new ArrayList<>(raw.size());
        boolean good = true;
        for (Object element : raw) {
            Optional<Object> value = single(schema, attribute, new Given(element, given.at()));
            value.ifPresent(values::add);
            good &= value.isPresent();
        }
        return good ? Optional.of(values) : Optional.empty();
    }

    private static List<?> boxed(Object array) {
        if (array instanceof int[] numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }
        if (array instanceof long[] numbers) {
            return Arrays.stream(numbers).boxed().toList();
        }
        throw new IllegalArgumentException("not a list: " + array);
    }

    private Optional<Map<String, Object>> map(RecordSchema<?> schema, Attribute attribute, Given given) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean good = true;
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) given.value()).entrySet()) {
            Object element = mapped(attribute, entry.getValue());
            Optional<Object> value = single(schema, attribute, new Given(element, given.at()));
            value.ifPresent(converted -> values.put(entry.getKey().toString(), converted));
            good &= value.isPresent();
        }
        return good ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
    }

    private static Object mapped(Attribute attribute, Object raw) {
        if (raw instanceof Collection<?> several && Lines.class.isAssignableFrom(attribute.valueType())) {
            return several.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
        return raw instanceof Number || raw instanceof Boolean ? raw.toString() : raw;
    }

    private Object one(RecordSchema<?> schema, Attribute attribute, Object raw) {
        if (raw == null) {
            throw isNull();
        }
        if (!(raw instanceof CharSequence)) {
            if (attribute.valueType().isInstance(raw)) {
                return raw;
            }
            throw new InvalidValueException(
                    "It takes text, and this is a " + raw.getClass().getSimpleName() + ".");
        }
        Object part = part(attribute.valueType(), raw);
        return part instanceof String text ? schema.parse(attribute.index(), text, files) : part;
    }

    /** What is given for a type, before that parses it; what may have secrets in it is complete already. */
    private Object part(Class<?> type, Object raw) {
        if (raw == null) {
            throw isNull();
        }
        if (!(raw instanceof CharSequence)) {
            return raw;
        }
        String text = raw.toString();
        if (text.contains(UNKNOWN)) {
            throw new AlreadyReported();
        }
        if (type == Text.class) {
            return vault.text(text);
        }
        if (type == Content.class) {
            return Content.of(vault.text(text));
        }
        if (type == Secret.class) {
            return Secret.of(vault.text(vault.keep(text).toString()).reveal());
        }
        if (SecretVault.holdsMarker(text)) {
            throw new InvalidValueException("It cannot hold a secret: it is shown in reports.");
        }
        if (text.indexOf('\0') >= 0) {
            throw new InvalidValueException("The value has a NUL character in it.");
        }
        return text;
    }

    private static InvalidValueException isNull() {
        return new InvalidValueException("The value is null.", "Leave the attribute out, or give it a value.");
    }

    private void refuse(RecordSchema<?> schema, Attribute attribute, Given given, InvalidValueException why) {
        problems.accept(refusal(schema, attribute, why).at(given.at()));
    }

    static Diagnostic refusal(RecordSchema<?> schema, Attribute attribute, InvalidValueException why) {
        return refusal(schema, attribute.name(), why);
    }

    private static Diagnostic refusal(RecordSchema<?> schema, String word, InvalidValueException why) {
        return Diagnostic.error(
                        Code.BAD_VALUE,
                        "Bad value",
                        "\"" + word + "\" of " + schema.name() + ": "
                                + SecretVault.mask(String.valueOf(why.getMessage())))
                .suggest(why.advice());
    }
}
