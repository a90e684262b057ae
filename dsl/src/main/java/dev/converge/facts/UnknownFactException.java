package dev.converge.facts;

/** A manifest asks for a fact that this host does not have. */
public final class UnknownFactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;

    UnknownFactException(String path) {
        super("This host has no fact \"" + path + "\".");
        this.path = path;
    }

    public String path() {
        return path;
    }
}
