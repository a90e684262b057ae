package dev.converge.sink;

import java.util.Optional;

/** Which Converge this is. */
public final class Version {
    public static final String OURS = Optional.ofNullable(
                    Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    private Version() {}
}
