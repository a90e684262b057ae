package dev.converge.converger;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Declared;
import dev.converge.model.Redactor;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.report.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Turns what a provider throws into the failure of its resource, in words and without secrets. */
final class Failures {
    private static final String SUMMARY = "Resource failed";

    private static final String LOOK =
            "Look at what it waits for, such as a lock, a device or a network disk that is gone; or give it more time.";

    private final Redactor redactor;
    private final Guard guard;
    private final Deadline deadline;

    /** @param guard knows what can be done about a failure */
    Failures(Redactor redactor, Guard guard) {
        this(redactor, guard, Deadline.NONE);
    }

    private Failures(Redactor redactor, Guard guard, Deadline deadline) {
        this.redactor = redactor;
        this.guard = guard;
        this.deadline = deadline;
    }

    /** The same for a turn that has to be over at some time. */
    Failures within(Deadline end) {
        return end.exists() ? new Failures(redactor, guard, end) : this;
    }

    /**
     * @param during what was being done, such as {@code observed}
     * @param made the change that was made before
     */
    Outcome.Failed of(Throwable thrown, Declared<?> declared, String during, Optional<Change<?>> made) {
        Throwable cause = thrown instanceof UncheckedIOException wrapped ? wrapped.getCause() : thrown;
        if (isLate()) {
            return late(declared, during, made, cause instanceof ResourceFailure ? "\n" + cause.getMessage() : "");
        }
        if (cause instanceof ResourceFailure failure) {
            return failed(declared, failure.getMessage(), guard.advice(failure), made);
        }
        if (cause instanceof IOException failure) {
            IoReason reason = IoReason.of(failure);
            return failed(declared, reason.sentence(), reason.advice(), made);
        }
        if (cause instanceof InterruptedException) {
            String message = "It was interrupted while it was " + during + ".";
            return failed(declared, message, Optional.of("Run again to complete it."), made);
        }
        return bug(thrown, declared, during, made);
    }

    /** Whether the time of the turn is up: whatever is thrown now is most likely thrown because of that. */
    boolean isLate() {
        return deadline.isOver();
    }

    /** The failure of a resource whose time is up. */
    Outcome.Failed late(Declared<?> declared, String during, Optional<Change<?>> made) {
        return late(declared, during, made, "");
    }

    private Outcome.Failed late(Declared<?> declared, String during, Optional<Change<?>> made, String said) {
        String message = "Its time was up while it was " + during + ", by " + deadline.limit() + "." + said;
        return failed(declared, message, Optional.of(LOOK), made);
    }

    /** The failure of a resource whose provider does not even end when it is interrupted. */
    Outcome.Failed lost(Declared<?> declared) {
        String message = "It did not end: its time was up, by " + deadline.limit()
                + ", and what it was doing could not be interrupted.";
        return failed(declared, message, Optional.of(LOOK), Optional.empty());
    }

    /**
     * What was thrown while a provider was at work, when that is the failure of its resource alone. Bugs of a provider
     * are: a missing class, a recursion without end. What befalls the whole process, such as a lack of memory, ends the
     * run, since it would only be met again somewhere else.
     */
    static Throwable ofOne(Throwable thrown) {
        if (thrown instanceof Error error
                && !(error instanceof LinkageError
                        || error instanceof StackOverflowError
                        || error instanceof AssertionError)) {
            throw error;
        }
        return thrown;
    }

    /** Whether it says something about the host, rather than about Converge. */
    static boolean concernsTheHost(Throwable thrown) {
        return thrown instanceof ResourceFailure
                || thrown instanceof IOException
                || thrown instanceof UncheckedIOException;
    }

    private Outcome.Failed failed(
            Declared<?> declared, String message, Optional<String> advice, Optional<Change<?>> made) {
        Diagnostic diagnostic = Diagnostic.error(Code.RESOURCE_FAILED, SUMMARY, redactor.redact(message))
                .at(declared.source());
        if (advice.isPresent()) {
            diagnostic = diagnostic.suggest(redactor.redact(advice.get()));
        }
        return new Outcome.Failed(diagnostic, made, Optional.empty());
    }

    private Outcome.Failed bug(Throwable thrown, Declared<?> declared, String during, Optional<Change<?>> made) {
        String what = "Something unexpected happened while " + declared.id() + " was " + during + ": " + thrown;
        Diagnostic diagnostic = Diagnostic.error(Code.BUG, "Bug in Converge", redactor.redact(what))
                .at(declared.source())
                .suggest("Please report it, with the output of the same run with --verbose.");
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return new Outcome.Failed(diagnostic, made, Optional.of(redactor.redact(trace.toString())));
    }
}
