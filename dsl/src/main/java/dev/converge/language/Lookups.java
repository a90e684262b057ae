package dev.converge.language;

import dev.converge.data.Data;
import dev.converge.data.DataFailure;
import dev.converge.data.DataValue;
import dev.converge.data.Lookup;
import dev.converge.data.Merge;
import dev.converge.data.MissingKey;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers the lookups of one compilation; what is wrong is reported, and the manifest goes on with a stand-in. */
public final class Lookups {
    private static final Set<String> HOW = new TreeSet<>(Set.of("merge", "knockout"));

    private final Data data;
    private final DataConversion conversion;
    private final Supplier<SourceRange> position;
    private final Consumer<Diagnostic> problems;
    private final Set<String> asked;

    Lookups(Data data, SecretVault vault, Supplier<SourceRange> position, Consumer<Diagnostic> problems) {
        this(data, new DataConversion(vault), position, problems, new LinkedHashSet<>());
    }

    private Lookups(
            Data data,
            DataConversion conversion,
            Supplier<SourceRange> position,
            Consumer<Diagnostic> problems,
            Set<String> asked) {
        this.data = data;
        this.conversion = conversion;
        this.position = position;
        this.problems = problems;
        this.asked = asked;
    }

    /** The same for another text of the site, which has places of its own. */
    Lookups in(Supplier<SourceRange> otherPosition, Consumer<Diagnostic> otherProblems) {
        return new Lookups(data, conversion, otherPosition, otherProblems, asked);
    }

    Data data() {
        return data;
    }

    DataConversion conversion() {
        return conversion;
    }

    /** The keys that were asked for so far. */
    Set<String> asked() {
        return asked;
    }

    <T> T value(Map<String, ?> how, CharSequence key, Class<T> type) {
        return as(type, answer(how, key.toString(), DataType.of(type)));
    }

    <T> T value(Map<String, ?> how, CharSequence key, Class<T> type, T otherwise) {
        return as(type, answer(how, key.toString(), DataType.of(type), Optional.ofNullable(otherwise)));
    }

    <C> C elements(Map<String, ?> how, CharSequence key, Class<C> collection, Class<?> element) {
        return as(collection, answer(how, key.toString(), DataType.of(collection, element)));
    }

    <C> C elements(Map<String, ?> how, CharSequence key, Class<C> collection, Class<?> element, C otherwise) {
        return as(
                collection,
                answer(how, key.toString(), DataType.of(collection, element), Optional.ofNullable(otherwise)));
    }

    /** A primitive's class is that of its wrapper to the caller. */
    @SuppressWarnings("unchecked")
    private static <T> T as(Class<T> type, Object value) {
        return ((Class<T>) DataType.of(type).type()).cast(value);
    }

    private Object answer(Map<String, ?> how, String key, DataType type) {
        SourceRange at = position.get();
        try {
            Lookup lookup = ask(how, key);
            if (lookup.value().isPresent()) {
                return conversion.convert(key, lookup.value().get(), type);
            }
            problems.accept(MissingKey.of(lookup, data).at(at));
        } catch (DataFailure e) {
            problems.accept(placed(e.diagnostic(), at));
        }
        return standIn(type);
    }

    private Object answer(Map<String, ?> how, String key, DataType type, Optional<?> otherwise) {
        try {
            Optional<DataValue> value = ask(how, key).value();
            return value.isPresent() ? conversion.convert(key, value.get(), type) : otherwise.orElse(null);
        } catch (DataFailure e) {
            problems.accept(placed(e.diagnostic(), position.get()));
            return standIn(type);
        }
    }

    private Lookup ask(Map<String, ?> how, String key) {
        asked.add(key);
        return data.lookup(key, merge(how));
    }

    private static Diagnostic placed(Diagnostic problem, SourceRange at) {
        return problem.at().isEmpty() ? problem.at(at) : told(problem, Related.at("asked for here", at));
    }

    /** What is broken for everybody is told once, whoever has asked for it. */
    static Diagnostic told(Diagnostic problem, Related asked) {
        return problem.code() == Code.DATA ? problem : problem.related(asked);
    }

    private Optional<Merge> merge(Map<String, ?> how) {
        if (how.isEmpty()) {
            return Optional.empty();
        }
        for (String name : how.keySet()) {
            if (!HOW.contains(name)) {
                throw usage("lookup takes no \"" + name + "\".", Suggestions.didYouMean(name, HOW));
            }
        }
        String word = String.valueOf(how.get("merge"));
        List<String> words = Merge.Strategy.words();
        Merge.Strategy strategy = Merge.Strategy.of(word)
                .orElseThrow(() -> usage(
                        "Values are not merged by \"" + word + "\".",
                        Suggestions.didYouMean(word, words)
                                .or(() -> Optional.of("Say merge: and one of " + String.join(", ", words) + "."))));
        return Optional.of(
                new Merge(strategy, Optional.ofNullable(how.get("knockout")).map(String::valueOf)));
    }

    private static DataFailure usage(String detail, Optional<String> advice) {
        return new DataFailure(
                Diagnostic.error(Code.BAD_VALUE, "Bad value", detail).suggest(advice));
    }

    /** What the manifest goes on with after a mistake, so that the others are found too. */
    private static Object standIn(DataType type) {
        Class<?> wanted = type.type();
        if (wanted.isAssignableFrom(String.class)) {
            return ValueCoercion.UNKNOWN;
        }
        if (wanted.isEnum() && wanted.getEnumConstants().length > 0) {
            return wanted.getEnumConstants()[0];
        }
        if (type.isList()) {
            return new ArrayList<>();
        }
        if (type.isSet()) {
            return new LinkedHashSet<>();
        }
        return type.isMap() ? new LinkedHashMap<>() : zero(wanted);
    }

    private static Object zero(Class<?> wanted) {
        if (wanted == Boolean.class) {
            return false;
        }
        return Number.class.isAssignableFrom(wanted)
                ? DataConversion.number(0, wanted).orElse(null)
                : null;
    }
}
