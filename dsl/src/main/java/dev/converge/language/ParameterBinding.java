package dev.converge.language;

import dev.converge.data.DataFailure;
import dev.converge.data.DataValue;
import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.Lookup;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Gives composites from the data what their braces have left out, and judges what they were given. */
final class ParameterBinding {
    private final Evaluation evaluation;
    private final Map<String, List<String>> bound = new LinkedHashMap<>();

    ParameterBinding(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /** Binds and checks the parameters; returns whether they are all as they shall be, what is not is reported. */
    boolean complete(Composite composite) {
        boolean fine = judgeGiven(composite);
        fine &= bind(composite);
        fine &= composite.parametersComplete();
        for (Object check : composite.parameterChecks()) {
            fine &= judge(composite, (List<?>) check);
        }
        return fine;
    }

    private boolean bind(Composite composite) {
        if (evaluation.data().isEmpty()) {
            return true;
        }
        boolean fine = true;
        String prefix = ParameterKeys.prefix(composite.id().type());
        List<String> names = composite.parameterNames();
        bound.putIfAbsent(prefix, names);
        for (String name : names) {
            if (composite.placeOf(name).isEmpty()) {
                fine &= bind(composite, name, prefix + "." + name);
            }
        }
        return fine;
    }

    private boolean bind(Composite composite, String name, String key) {
        try {
            Lookup lookup = evaluation.data().lookup(key);
            if (lookup.value().isPresent()) {
                DataType type = DataType.of(composite.typeOf(name));
                Object value = evaluation
                        .lookups()
                        .conversion()
                        .convert(key, lookup.value().get(), type);
                composite.bind(name, value, lookup.value().get().at());
                return judgeEntries(composite, name, key, lookup.value().get());
            }
            return true;
        } catch (DataFailure e) {
            evaluation.report(Lookups.told(e.diagnostic(), asked(composite, name)));
            composite.refuse(name);
            return false;
        }
    }

    /** Before the data is bound: what is given then was between the braces. */
    private boolean judgeGiven(Composite composite) {
        boolean fine = true;
        for (Object parts : composite.parameterChecks()) {
            List<?> check = (List<?>) parts;
            Optional<SourceRange> at = composite.placeOf(check.get(0).toString());
            if (isOfEntries(check) && at.isPresent() && check.get(1) instanceof Map<?, ?> map) {
                fine &= EntryChecks.of(composite, check.get(3).toString(), evaluation::report)
                        .judge(check.get(0).toString(), map, at.get());
            }
        }
        return fine;
    }

    /** What is in a map of the data has places of its own; what is not right in it is told here, and not once more. */
    private boolean judgeEntries(Composite composite, String name, String key, DataValue value) {
        for (Object parts : composite.parameterChecks()) {
            List<?> check = (List<?>) parts;
            if (isOfEntries(check) && check.get(0).equals(name) && value instanceof Mapping map) {
                Related asked = asked(composite, name);
                return EntryChecks.of(
                                composite,
                                check.get(3).toString(),
                                problem -> evaluation.report(problem.related(asked)))
                        .judge(key, map, evaluation.lookups().conversion());
            }
        }
        return true;
    }

    private static boolean isOfEntries(List<?> check) {
        return check.get(2).equals(ParameterCheck.EACH_OF.word());
    }

    private static Related asked(Composite composite, String name) {
        return Related.at("\"" + name + "\" of " + composite + " is bound here", composite.at());
    }

    /** @param parts the parameter, its value, the check, what the check needs */
    private boolean judge(Composite composite, List<?> parts) {
        String name = parts.get(0).toString();
        Object value = parts.get(1);
        ParameterCheck check = ParameterCheck.of(parts.get(2).toString()).orElseThrow();
        Optional<String> wrong = value == null ? Optional.empty() : judge(check, value, parts.subList(3, parts.size()));
        wrong.ifPresent(must -> refuse(composite, name, value, must));
        return wrong.isEmpty();
    }

    private Optional<String> judge(ParameterCheck check, Object value, List<?> literals) {
        if (check.judgesElements() && value instanceof Map<?, ?> map) {
            return judge(check, map.values(), literals);
        }
        if (check.judgesElements() && value instanceof Collection<?> several) {
            return several.stream()
                    .flatMap(element -> judge(check, element, literals).stream())
                    .findFirst();
        }
        if (value instanceof CharSequence text) {
            return text.toString().contains(ValueCoercion.UNKNOWN)
                    ? Optional.empty()
                    : check.judge(evaluation.vault().text(text.toString()).reveal(), literals);
        }
        return value == null ? Optional.empty() : check.judge(value, literals);
    }

    private void refuse(Composite composite, String name, Object value, String must) {
        String key = ParameterKeys.prefix(composite.id().type()) + "." + name;
        Optional<SourceRange> given = composite.placeOf(name);
        String shown = value instanceof String || value instanceof Number ? ", and this is " + quoted(value) : "";
        Diagnostic problem = Diagnostic.error(
                        Code.BAD_VALUE,
                        "Bad value",
                        "\"" + name + "\" of " + composite + " has to " + must + shown + ".")
                .at(given.orElse(composite.at()))
                .suggest(
                        "Change it, or the check in the class " + composite.id().type() + ".");
        evaluation.report(
                given.isPresent()
                        ? problem.related(Related.at("included here", composite.at()))
                        : problem.suggest("Give it between the braces, or in the data as " + key + "."));
    }

    private static String quoted(Object value) {
        String text = value.toString();
        return value instanceof Number ? text : "\"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
    }

    /**
     * Warns of keys that look like parameters and are none.
     *
     * @param isMeant whether a key is something else that the site uses
     */
    void warn(Predicate<String> isMeant) {
        if (bound.isEmpty()) {
            return; // and no data is read for it
        }
        try {
            bound.forEach((prefix, names) -> warn(prefix, names, isMeant));
            for (String begin : evaluation.data().begins()) {
                if (!isMeant.test(begin)) {
                    bound.forEach((prefix, names) -> warnOfMisspelt(begin, prefix, names, isMeant));
                }
            }
        } catch (DataFailure e) {
            evaluation.report(e.diagnostic());
        }
    }

    private void warn(String prefix, List<String> names, Predicate<String> isMeant) {
        for (Entry entry : evaluation.data().below(prefix)) {
            String key = prefix + "." + entry.key();
            if (!names.contains(entry.key()) && !isMeant.test(key)) {
                evaluation.report(Diagnostic.warning(
                                Code.UNKNOWN_KEY,
                                "Unknown parameter",
                                "Nothing uses the key \"" + key
                                        + "\": what it begins with is a composite, which has no" + " parameter \""
                                        + entry.key() + "\".")
                        .at(entry.keyAt())
                        .suggest(Suggestions.didYouMean(entry.key(), names)
                                .or(() -> Optional.of("It takes " + String.join(", ", names) + "."))));
            }
        }
    }

    /** A parameter under a word that is nearly the composite's. */
    private void warnOfMisspelt(String begin, String prefix, List<String> names, Predicate<String> isMeant) {
        String first = prefix.split("\\.", 2)[0];
        if (begin.equals(first) || Suggestions.nearest(begin, List.of(first)).isEmpty()) {
            return;
        }
        String written = begin + prefix.substring(first.length());
        for (Entry entry : evaluation.data().below(written)) {
            String key = written + "." + entry.key();
            if (names.contains(entry.key()) && !isMeant.test(key)) {
                evaluation.report(Diagnostic.warning(
                                Code.UNKNOWN_KEY,
                                "Unknown parameter",
                                "Nothing uses the key \"" + key + "\": no composite's keys begin so.")
                        .at(entry.keyAt())
                        .suggest("Did you mean \"" + prefix + "." + entry.key() + "\"?"));
            }
        }
    }
}
