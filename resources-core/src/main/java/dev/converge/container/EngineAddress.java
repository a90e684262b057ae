package dev.converge.container;

import dev.converge.model.InvalidValueException;
import dev.converge.schema.Parsing;
import java.nio.file.Path;

/** Where a container engine listens: {@code unix:///run/podman/podman.sock}, or just the path of its socket. */
public record EngineAddress(Path socket) {
    private static final String SCHEME = "unix://";

    /** @throws InvalidValueException when it is no unix socket */
    public static EngineAddress parse(String text) {
        if (text.startsWith(SCHEME)) {
            return new EngineAddress(Parsing.path(text.substring(SCHEME.length())));
        }
        if (text.startsWith("/")) {
            return new EngineAddress(Parsing.path(text));
        }
        throw new InvalidValueException(
                "\"" + text + "\" is no unix socket.",
                "Write where the engine of this host listens, such as 'unix:///run/podman/podman.sock'.");
    }

    @Override
    public String toString() {
        return SCHEME + socket;
    }
}
