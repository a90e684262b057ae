package dev.converge.git;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackMismatchException;

/** Tells a copy on this disk that is damaged from a server that cannot be read. */
final class Damage {
    private Damage() {}

    static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptObjectException
                    || cause instanceof MissingObjectException
                    || cause instanceof PackMismatchException) {
                return true;
            }
        }
        return false;
    }
}
