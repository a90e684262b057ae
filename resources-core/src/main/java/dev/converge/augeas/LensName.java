package dev.converge.augeas;

import dev.converge.model.InvalidValueException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A lens as manifests name it: {@code Sshd} for {@code Sshd.lns}, {@code Sshd.lns} itself, or {@code @Sshd} for the lens
 * that the module uses for its own files.
 *
 * @param text the name that libaugeas takes
 */
public record LensName(String text) {
    private static final Pattern MODULE = Pattern.compile("@?[A-Z]\\w*");
    private static final Pattern LENS = Pattern.compile("[A-Z]\\w*\\.\\w+");

    /** @throws InvalidValueException when no lens can be called so */
    public static LensName parse(String text) {
        if (LENS.matcher(text).matches()) {
            return new LensName(text);
        }
        if (!MODULE.matcher(text).matches()) {
            throw new InvalidValueException(
                    "No lens can be called \"" + text + "\".", "Write it as 'Sshd' or 'Sshd.lns'.");
        }
        return new LensName(text.startsWith("@") ? text : text + ".lns");
    }

    /** The part that says which file the lens is in, such as {@code Sshd}. */
    String module() {
        int dot = text.indexOf('.');
        return text.startsWith("@") ? text.substring(1) : text.substring(0, dot);
    }

    /** The module, where its own lens is meant: libaugeas knows that one only once the module is compiled. */
    Optional<String> ofModule() {
        return text.startsWith("@") ? Optional.of(module()) : Optional.empty();
    }

    /** For people. */
    String shown() {
        return text.startsWith("@") ? module() : toString();
    }

    @Override
    public String toString() {
        return text.endsWith(".lns") ? module() : text;
    }
}
