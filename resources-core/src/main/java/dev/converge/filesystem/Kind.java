package dev.converge.filesystem;

import dev.converge.model.InvalidValueException;

/**
 * What is at a path: a file, a directory, a link, or something that Converge only touches when it is forced to.
 *
 * <p>A resource type wants one kind and may find another; {@link #seen()} tells the two apart, so that a record can
 * refuse an author's kind and hold an observed one.
 */
public final class Kind {
    public static final Kind FILE = new Kind("file", false);
    public static final Kind DIRECTORY = new Kind("directory", false);
    public static final Kind LINK = new Kind("link", false);
    public static final Kind FIFO = new Kind("FIFO", false);
    public static final Kind SOCKET = new Kind("socket", false);
    public static final Kind DEVICE = new Kind("device", false);

    private final String name;
    private final boolean seen;

    private Kind(String name, boolean seen) {
        this.name = name;
        this.seen = seen;
    }

    /** @throws InvalidValueException when it is none that a manifest can declare */
    public static Kind parse(String text) {
        return switch (text) {
            case "file" -> FILE;
            case "directory" -> DIRECTORY;
            case "link" -> LINK;
            default -> throw new InvalidValueException("\"" + text + "\" is not 'file', 'directory' or 'link'.");
        };
    }

    /** The same kind, found on a host. */
    public Kind seen() {
        return seen ? this : new Kind(name, true);
    }

    /**
     * The kind that a record of this kind may hold: this one, or whatever was found on a host.
     *
     * @throws InvalidValueException when an author wants another one
     */
    public Kind orSeen(Kind given) {
        if (given.seen || given.equals(this)) {
            return given;
        }
        throw new InvalidValueException(
                "A " + this + " cannot be of kind '" + given + "'.", "Leave \"kind\" out, or declare a " + given + ".");
    }

    /** Whether it is neither file, directory nor link. */
    public boolean isSpecial() {
        return !equals(FILE) && !equals(DIRECTORY) && !equals(LINK);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Kind kind && kind.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
