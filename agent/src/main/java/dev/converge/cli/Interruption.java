package dev.converge.cli;

import dev.converge.host.LocalCommands;
import dev.converge.model.ResourceId;
import dev.converge.session.Session;
import java.util.List;

/**
 * What a signal does to a run: it comes to an early end, and whoever has sent it is told what is still waited for.
 *
 * @param session the run
 * @param commands runs its programs, none of which outlives the process
 * @param terminal where it is told
 */
record Interruption(Session session, LocalCommands commands, Terminal terminal) {
    private static final int NAMED = 3;
    private static final String ERASE = "\r\u001b[K";

    void listen() {
        Signals.onInterrupt(this::stop, commands::endAll);
    }

    private void stop() {
        List<ResourceId> inHand = session.inHand();
        session.stop();
        String line = inHand.isEmpty() ? "stopping" : "finishing " + names(inHand) + "; once more to stop at once";
        terminal.complain((terminal.progress() ? ERASE : "") + "converge: " + line + "\n");
    }

    private static String names(List<ResourceId> inHand) {
        int more = inHand.size() - NAMED;
        String named = String.join(
                ", ", inHand.stream().limit(NAMED).map(ResourceId::toString).toList());
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
