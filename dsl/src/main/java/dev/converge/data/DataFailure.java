package dev.converge.data;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;

/** Data that cannot be read or used, told so that its author can mend it. */
public final class DataFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public DataFailure(Diagnostic diagnostic) {
        super(diagnostic.detail(), null, false, false);
        this.diagnostic = diagnostic;
    }

    static DataFailure at(SourceRange place, String summary, String detail, String advice) {
        return new DataFailure(
                Diagnostic.error(Code.DATA, summary, detail).at(place).suggest(advice));
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
