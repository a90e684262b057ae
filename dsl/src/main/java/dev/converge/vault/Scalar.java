package dev.converge.vault;

import dev.converge.diagnostic.SourceRange;

/**
 * A value of a YAML or JSON text and where exactly it stands, so that it can be exchanged and all else be kept.
 *
 * @param path the keys that lead to it, with dots between them
 * @param value what it says
 * @param kind what it is
 * @param start where it begins in the text, its tag included and its anchor not
 * @param end where it ends, the line break after a block not included
 * @param inFlow whether it stands between brackets, where plain words may not hold some letters
 * @param indent how far its lines have to be indented at least, when it is written on several
 * @param at where it is, for people
 */
record Scalar(String path, String value, Kind kind, int start, int end, boolean inFlow, int indent, SourceRange at) {

    /** What a scalar is to whoever encrypts. */
    enum Kind {
        /** Marked as a secret that is yet to be encrypted. */
        SECRET,
        ENCRYPTED,
        TEXT,
        /** A number, a truth value, or nothing. */
        OTHER
    }

    String source(String text) {
        return text.substring(start, end);
    }
}
