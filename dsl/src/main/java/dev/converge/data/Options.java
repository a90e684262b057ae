package dev.converge.data;

import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The options of a level, or of the hierarchy itself, as they are written; what is wrong with them is collected. */
final class Options {
    private final Mapping written;
    private final Consumer<Diagnostic> problems;
    private final Set<String> known = new TreeSet<>();

    Options(Mapping written, Consumer<Diagnostic> problems) {
        this.written = written;
        this.problems = problems;
    }

    SourceRange at() {
        return written.at();
    }

    boolean has(String name) {
        known.add(name);
        return written.entries().containsKey(name);
    }

    /** The value under a name; one that is empty counts as none. */
    Optional<DataValue> value(String name) {
        known.add(name);
        return Optional.ofNullable(written.entries().get(name))
                .map(Entry::value)
                .filter(value -> !(value instanceof DataValue.Empty));
    }

    Optional<String> text(String name) {
        return value(name).flatMap(value -> text(name, value));
    }

    private Optional<String> text(String name, DataValue value) {
        if (value instanceof Scalar scalar && scalar.value() instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        problem(value.at(), "\"" + name + "\" takes text, and this is " + value.kind() + ".", "Write it in quotes.");
        return Optional.empty();
    }

    /** A list of texts; one text alone is a list of one. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).ifPresent(value -> {
            List<DataValue> all = value instanceof Sequence list ? list.elements() : List.of(value);
            all.forEach(element -> text(name, element).ifPresent(texts::add));
        });
        return texts;
    }

    Optional<Duration> duration(String name) {
        return value(name).flatMap(value -> text(name, value).flatMap(text -> {
            try {
                return Optional.of(Durations.parse(text));
            } catch (InvalidValueException e) {
                problem(value.at(), String.valueOf(e.getMessage()), "Write a number and its unit, such as '5s'.");
                return Optional.empty();
            }
        }));
    }

    /** Names that nobody has asked for are mistakes; whether there are any. */
    boolean refuseOthers(String of) {
        boolean refused = false;
        for (Entry entry : written.entries().values()) {
            if (!known.contains(entry.key())) {
                refused = true;
                problem(
                        entry.keyAt(),
                        of + " has no \"" + entry.key() + "\".",
                        Suggestions.didYouMean(entry.key(), known)
                                .orElse("It takes " + String.join(", ", known) + "."));
            }
        }
        return refused;
    }

    /** What is told besides mistakes. */
    void tell(Diagnostic warning) {
        problems.accept(warning);
    }

    void problem(SourceRange at, String detail, String advice) {
        problems.accept(
                Diagnostic.error(Code.DATA, "Bad hierarchy", detail).at(at).suggest(advice));
    }
}
