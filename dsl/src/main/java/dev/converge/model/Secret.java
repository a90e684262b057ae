package dev.converge.model;

/**
 * A value that nobody may see: it prints as {@value #MASK} wherever it goes and only {@link #reveal()} gives it out.
 */
public final class Secret implements Sensitive, Identified {
    /** What stands in the place of a secret on screens, in JSON, diffs, logs and reports. */
    public static final String MASK = "********";

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The value itself: only for the system call or the standard input that needs it, never for text that is shown. */
    public String reveal() {
        return value;
    }

    @Override
    public String identity() {
        return value;
    }

    @Override
    public boolean isSensitive() {
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
