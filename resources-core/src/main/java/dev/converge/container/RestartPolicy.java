package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When an engine starts a container again that has ended: {@code no}, {@code always}, {@code unless-stopped},
 * {@code on-failure} or {@code on-failure:5}.
 *
 * @param retries how often after failures; 0 for always
 */
public record RestartPolicy(String word, int retries) {
    private static final Pattern POLICY = Pattern.compile("(no|always|unless-stopped|on-failure)(?::([0-9]{1,4}))?");

    /** @throws InvalidValueException when there is no such policy */
    public static RestartPolicy parse(String text) {
        Matcher parts = POLICY.matcher(text);
        boolean counted = parts.matches() && parts.group(2) != null;
        if (!parts.matches() || (counted && !parts.group(1).equals("on-failure"))) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no restart policy.",
                    "Write 'no', 'always', 'unless-stopped', 'on-failure' or 'on-failure:5'.");
        }
        return new RestartPolicy(parts.group(1), counted ? Integer.parseInt(parts.group(2)) : 0);
    }

    static RestartPolicy of(Json policy) {
        return new RestartPolicy(policy.at("Name").text().orElse("no"), (int)
                policy.at("MaximumRetryCount").number());
    }

    @Override
    public String toString() {
        return retries == 0 ? word : word + ":" + retries;
    }
}
