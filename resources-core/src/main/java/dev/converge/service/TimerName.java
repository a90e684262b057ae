package dev.converge.service;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.util.List;

/**
 * The name of a timer: {@code backup}, or {@code backup.timer}, which is the same.
 *
 * @param text without {@code .timer}
 */
public record TimerName(String text) implements NamesResources {
    private static final String TIMER = ".timer";

    /** @throws InvalidValueException when no timer can be called so */
    public static TimerName parse(String text) {
        String name = text.endsWith(TIMER) ? text.substring(0, text.length() - TIMER.length()) : text;
        ServiceName.requireName(name);
        if (!ServiceName.suffix(name).isEmpty() || name.contains("@")) {
            throw new InvalidValueException("\"" + text + "\" is not the name of a timer.", "Write it as 'backup'.");
        }
        return new TimerName(name);
    }

    /** Its unit. */
    String timer() {
        return text + TIMER;
    }

    /** The unit that it runs unless another one is named. */
    String service() {
        return text + ".service";
    }

    /** The service that is this timer, for whoever declares that too. */
    @Override
    public List<String> resourceNames() {
        return List.of(timer());
    }

    @Override
    public String toString() {
        return text;
    }
}
