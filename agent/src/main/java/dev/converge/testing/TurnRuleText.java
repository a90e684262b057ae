package dev.converge.testing;

import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Policy;
import dev.converge.schema.Parsing;
import java.util.List;
import java.util.Optional;

/** What holds for a resource's turn, in the words of a manifest. */
record TurnRuleText(Policy policy) {
    private static final List<String> DURATIONS = List.of("timeout", "retryDelay");

    Optional<String> of(String word) {
        return switch (word) {
            case "noop" -> Optional.of(String.valueOf(policy.isNoop()));
            case "timeout" -> policy.rules().timeout().map(Durations::format);
            case "retries" -> policy.rules().retries().map(String::valueOf);
            case "retryDelay" -> policy.rules().retryDelay().map(Durations::format);
            case "onDrift" -> policy.rules().onDrift().map(Parsing::spelling);
            default -> Optional.empty();
        };
    }

    /** {@code 60s} and {@code 1m} are one duration. */
    String spelled(String word, String wanted) {
        try {
            return DURATIONS.contains(word) ? Durations.format(Durations.parse(wanted)) : wanted;
        } catch (InvalidValueException e) {
            throw new SpecFailure("\"" + word + "\" in the spec: " + e.getMessage());
        }
    }
}
