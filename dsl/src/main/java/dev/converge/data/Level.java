package dev.converge.data;

import java.util.List;

/** One level of a hierarchy: what it has for a host is read when a lookup first gets to it, once for each compile. */
public interface Level {
    /** As the hierarchy calls it. */
    String name();

    /**
     * What it has for the host, the first asked first.
     *
     * @throws DataFailure when something is there that cannot be read
     */
    List<Source> read(Reading reading);

    /** Opens its encrypted values. */
    Decipher decipher();

    /** Whether asking costs more than reading a file: then it is not asked for the sake of a warning alone. */
    default boolean isFar() {
        return false;
    }
}
