package dev.converge.language;

import dev.converge.data.DataFailure;
import dev.converge.data.DataValue.Empty;
import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Judges a map whose values stand for composites, {@link EachOf}: what they have, each by its name and type. */
final class EntryChecks {
    private final Composite each;
    private final List<String> names;
    private final Consumer<Diagnostic> problems;
    private boolean fine = true;

    /**
     * @param each one that is not included: its parameters are looked at, and never its body
     * @param problems told of each mistake, with its place
     */
    private EntryChecks(Composite each, Consumer<Diagnostic> problems) {
        this.each = each;
        this.names = each.parameterNames();
        this.problems = problems;
    }

    /**
     * For the values of a parameter.
     *
     * @param owner the composite that has the parameter
     * @param name the class that its entries stand for
     */
    static EntryChecks of(Composite owner, String name, Consumer<Diagnostic> problems) {
        try {
            Class<?> type = Class.forName(name, true, owner.getClass().getClassLoader());
            return new EntryChecks(
                    type.asSubclass(Composite.class).getDeclaredConstructor().newInstance(), problems);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(
                    "@EachOf of " + owner.id().type() + " names no composite that can be included: " + name + ".");
        }
    }

    /** Values of the data, each at its own line. */
    boolean judge(String key, Mapping map, DataConversion conversion) {
        for (Entry entry : map.entries().values()) {
            if (entry.value() instanceof Mapping given) {
                String path = key + "." + entry.key();
                given.entries().values().forEach(part -> judge(path, part, conversion));
                missing(path, given.entries(), entry.keyAt());
            }
        }
        return fine;
    }

    private void judge(String path, Entry part, DataConversion conversion) {
        if (!names.contains(part.key())) {
            refuse(unknown(path, part.key()).at(part.keyAt()));
        } else if (!(part.value() instanceof Empty)) {
            try {
                conversion.convert(path + "." + part.key(), part.value(), DataType.of(each.typeOf(part.key())));
            } catch (DataFailure e) {
                refuse(e.diagnostic());
            }
        }
    }

    /** Values between the braces, all at the place of the parameter. */
    boolean judge(String parameter, Map<?, ?> map, SourceRange at) {
        ParameterValue fitting = new ParameterValue(each.getClass().getSimpleName(), problem -> refuse(problem.at(at)));
        map.forEach((name, entry) -> {
            String path = parameter + "." + name;
            if (entry instanceof Map<?, ?> given) {
                given.forEach((part, value) -> {
                    if (names.contains(part.toString())) {
                        fitting.fit(path + "." + part, value, each.typeOf(part.toString()));
                    } else {
                        refuse(unknown(path, part.toString()).at(at));
                    }
                });
                missing(path, given, at);
            }
        });
        return fine;
    }

    private void missing(String path, Map<?, ?> given, SourceRange at) {
        for (String name : each.requiredParameters()) {
            if (!given.containsKey(name)) {
                refuse(Diagnostic.error(
                                Code.MISSING_ATTRIBUTE,
                                "Missing attribute",
                                "\"" + path + "\" needs \"" + name + "\", as every "
                                        + each.getClass().getSimpleName() + " does.")
                        .at(at)
                        .suggest("Give it: " + name + ": …"));
            }
        }
    }

    private Diagnostic unknown(String path, String name) {
        return Diagnostic.error(
                        Code.UNKNOWN_KEY,
                        "Unknown parameter",
                        "\"" + path + "\" has no \"" + name + "\": it takes what a "
                                + each.getClass().getSimpleName() + " takes.")
                .suggest(Suggestions.didYouMean(name, names).orElse("It takes " + String.join(", ", names) + "."));
    }

    private void refuse(Diagnostic problem) {
        fine = false;
        problems.accept(problem);
    }
}
