package dev.converge.cli;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import dev.converge.report.Run;
import dev.converge.session.Patience;
import dev.converge.session.Session;
import dev.converge.session.Settings;
import java.time.Duration;
import java.util.Optional;

/** Opens a session, and waits before for another run to end, as {@code --wait} says. Ctrl-C ends the wait. */
final class Waiting {
    private final Optional<Duration> limit;
    private final Terminal terminal;
    private boolean waited;

    /** @throws Failure when {@code --wait} is no duration */
    Waiting(Arguments arguments, Terminal terminal) {
        this.limit = arguments.value(Option.WAIT).map(Waiting::parse);
        this.terminal = terminal;
    }

    private static Duration parse(String given) {
        try {
            return Durations.parse(given);
        } catch (InvalidValueException e) {
            throw Failure.usage("Bad option", "--wait takes a duration. " + e.getMessage(), "Write --wait 10m.");
        }
    }

    Checked<Session> open(Settings settings, Run run) throws InterruptedException {
        return limit.isEmpty()
                ? Session.open(settings, run)
                : Session.open(settings, run, new Patience(limit.get(), this::tell));
    }

    private void tell(Diagnostic holder) {
        waited = true;
        terminal.complain("converge: waiting up to " + Durations.format(limit.orElseThrow()) + " for another run. "
                + holder.detail() + "\n");
    }

    /** Whether somebody else changed the host since the command began. */
    boolean waited() {
        return waited;
    }
}
