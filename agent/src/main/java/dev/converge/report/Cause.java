package dev.converge.report;

/** Why a resource has to be changed. */
public enum Cause {
    /** It was not declared before. */
    NEW,
    /** The manifest declares it otherwise than when it was applied last. */
    MANIFEST,
    /** The manifest is as it was; something else has changed the host. */
    HOST;

    /** Whether the change puts right what something else did. */
    public boolean isCorrective() {
        return this == HOST;
    }
}
