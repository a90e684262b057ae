package dev.converge.tidy;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/** The moment from which a file's age counts. */
public enum AgeOf {
    /** Its content was written. */
    MODIFIED,
    /** It was read; most file systems note that once a day at most ({@code relatime}). */
    ACCESSED;

    Instant in(BasicFileAttributes attributes) {
        return switch (this) {
            case MODIFIED -> attributes.lastModifiedTime().toInstant();
            case ACCESSED -> attributes.lastAccessTime().toInstant();
        };
    }
}
