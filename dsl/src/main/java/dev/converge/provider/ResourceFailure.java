package dev.converge.provider;

import java.util.Optional;

/** A resource cannot be observed or changed, for a reason that its reader can act on. */
public final class ResourceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;
    private final String byHand;

    /** @param message what went wrong, in whole sentences, without secrets */
    public ResourceFailure(String message) {
        this(message, "");
    }

    /**
     * @param message what went wrong, in whole sentences, without secrets
     * @param advice what to do about it, in a whole sentence
     */
    public ResourceFailure(String message, String advice) {
        this(message, advice, advice);
    }

    /**
     * @param advice what to do about it, or to say in the manifest
     * @param byHand what to do where no manifest is at hand that could say so, such as in a restore
     */
    public ResourceFailure(String message, String advice, String byHand) {
        super(message);
        this.advice = advice;
        this.byHand = byHand;
    }

    public Optional<String> advice() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }

    /** The same for whoever has no manifest to change. */
    public Optional<String> adviceByHand() {
        return byHand.isEmpty() ? Optional.empty() : Optional.of(byHand);
    }
}
