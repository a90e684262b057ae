package dev.converge.sink;

import dev.converge.host.LocalCommands;
import dev.converge.model.Text;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A program of the host's owner that gets each report on its standard input; heartbeats are not for it. */
final class ReportProgram implements Errands.Way {
    private static final int LINES = 5;

    private final SinkSettings.CommandSink settings;

    ReportProgram(SinkSettings.CommandSink settings) {
        this.settings = settings;
    }

    @Override
    public void hand(Document document, boolean heartbeat) throws IOException, InterruptedException {
        Command command = Command.of(settings.command())
                .input(Text.of(document.json()))
                .environment(Map.of("CONVERGE_RUN", Text.of(document.run())))
                .timeout(settings.timeLimit());
        CommandResult result = new LocalCommands(Path.of("/")).run(command);
        if (!result.succeeded()) {
            throw new ResourceFailure(
                    "The program " + command + how(result) + said(result),
                    "Run it by hand with a report as its input.");
        }
    }

    @Override
    public boolean takesHeartbeats() {
        return false;
    }

    private String how(CommandResult result) {
        return result.timedOut()
                ? " was ended after " + settings.timeLimit().toSeconds() + " s."
                : " has ended with " + result.exit() + ".";
    }

    private static String said(CommandResult result) {
        String lines = result.lastLines(LINES);
        return lines.isBlank() ? "" : " It says: " + lines;
    }
}
