package dev.converge.provider;

import java.util.Optional;

/** A resource cannot be observed or changed, for a reason that its reader can act on. */
public final class ResourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /** @param message what went wrong, in whole sentences, without secrets */
    public ResourceFailure(String message) {
        this(message, "");
    }

    /**
     * @param message what went wrong, in whole sentences, without secrets
     * @param advice what to do about it, in a whole sentence
     */
    public ResourceFailure(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    public Optional<String> advice() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }
}
