package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import dev.converge.model.OnDrift;
import dev.converge.model.TurnRules;
import dev.converge.model.Window;
import dev.converge.schema.Parsing;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the words about a turn take, and what they mean together. */
enum TurnWord {
    NOOP("noop", "true or false", TurnWord::same),
    TIMEOUT("timeout", "a duration as text, such as '5m'", TurnWord::timeout),
    RETRIES("retries", "a whole number", TurnWord::retries),
    RETRY_DELAY("retryDelay", "a duration as text, such as '10s'", value -> Durations.parse(value.toString())),
    WINDOW("window", "one or several times of the week as text, such as 'Sat,Sun 02:00-04:00'", TurnWord::windows),
    ON_DRIFT("onDrift", "'enforce' or 'report'", TurnWord::onDrift);

    private interface Reading {
        Object of(Object value);
    }

    private final String word;
    private final String takes;
    private final Reading reading;

    TurnWord(String word, String takes, Reading reading) {
        this.word = word;
        this.takes = takes;
        this.reading = reading;
    }

    static Optional<TurnWord> of(String word) {
        for (TurnWord known : values()) {
            if (known.word.equals(word)) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }

    /** What may stand behind it, for messages. */
    String takes() {
        return takes;
    }

    static boolean isDuration(String word) {
        return word.equals(TIMEOUT.word) || word.equals(RETRY_DELAY.word);
    }

    /** Whether one text is enough for it. */
    boolean takesText() {
        return this != NOOP && this != RETRIES;
    }

    /** @throws InvalidValueException when it means nothing */
    Object read(Object value) {
        if (SecretVault.holdsMarker(String.valueOf(value))) {
            throw new InvalidValueException("It cannot hold a secret: it is shown in reports.");
        }
        return reading.of(value);
    }

    Diagnostic refusal(InvalidValueException why) {
        String message = "\"" + word + "\": " + SecretVault.mask(String.valueOf(why.getMessage()));
        return Diagnostic.error(Code.BAD_VALUE, "Bad value", message).suggest(why.advice());
    }

    private static Object same(Object value) {
        return value;
    }

    private static Duration timeout(Object text) {
        Duration timeout = Durations.parse(text.toString());
        InvalidValueException.when(
                timeout.isZero(), "It is zero: nothing could be done in time.", "Write how long it may take at most.");
        return timeout;
    }

    private static Object retries(Object number) {
        InvalidValueException.when((int) number < 0, number + " is less than none.", "Write 0 or more.");
        return number;
    }

    private static List<Window> windows(Object texts) {
        Collection<?> several = texts instanceof Collection<?> list ? list : List.of(texts);
        List<Window> windows =
                several.stream().map(text -> Window.parse(text.toString())).toList();
        InvalidValueException.when(
                windows.isEmpty(), "There is no window in it.", "Leave it out, or write one such as '22:00-05:00'.");
        return windows;
    }

    private static OnDrift onDrift(Object text) {
        try {
            return Parsing.constant(OnDrift.class, text.toString());
        } catch (InvalidValueException e) {
            throw new InvalidValueException(
                    e.getMessage(),
                    Suggestions.didYouMean(text.toString(), List.of("enforce", "report"))
                            .orElse(""));
        }
    }

    /** Gathers what stands between one pair of braces. */
    static final class Said {
        private final Map<TurnWord, Given> values = new LinkedHashMap<>();

        void say(String word, Object value, Evaluation evaluation) {
            TurnWord known = of(word).orElseThrow();
            try {
                values.put(known, new Given(known.read(value), evaluation.position()));
            } catch (InvalidValueException e) {
                evaluation.report(known.refusal(e).at(evaluation.position()));
            }
        }

        /** Where a word stands, if it does. */
        Optional<SourceRange> place(TurnWord word) {
            return Optional.ofNullable(values.get(word)).map(Given::at);
        }

        @SuppressWarnings("unchecked")
        TurnRules rules() {
            return new TurnRules(
                    Optional.ofNullable((Boolean) value(NOOP)),
                    Optional.ofNullable((Duration) value(TIMEOUT)),
                    Optional.ofNullable((Integer) value(RETRIES)),
                    Optional.ofNullable((Duration) value(RETRY_DELAY)),
                    values.containsKey(WINDOW) ? (List<Window>) value(WINDOW) : List.of(),
                    Optional.ofNullable((OnDrift) value(ON_DRIFT)));
        }

        private Object value(TurnWord word) {
            Given given = values.get(word);
            return given == null ? null : given.value();
        }
    }
}
