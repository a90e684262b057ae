package dev.converge.data;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Durations;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A level that a program prints in YAML or JSON: {@code command} in the hierarchy. */
record CommandLevel(String name, List<PathPattern> words, Duration timeout, Decipher decipher, SourceRange at)
        implements Level {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** What is kept of a program's output; of more, the middle is missing. */
    private static final int LARGEST = 1 << 20;

    private static final int SHOWN_LINES = 10;

    @Override
    public boolean isFar() {
        return true;
    }

    @Override
    public List<Source> read(Reading reading) {
        List<String> argv = new ArrayList<>();
        for (PathPattern word : words) {
            try {
                argv.add(word.of(reading.facts()));
            } catch (PathPattern.Lacking e) {
                return List.of(new Source.Nothing(words.get(0).text(), String.valueOf(e.getMessage())));
            }
        }
        reading.outside().require(argv.get(0), at);
        Command command = Command.of(argv).timeout(timeout);
        String where = command.toString();
        return List.of(new Source.Values(where, reading.parse(where, output(command, reading.outside()))));
    }

    private String output(Command command, Outside outside) {
        CommandResult result = run(command, outside);
        if (result.timedOut()) {
            throw failure(
                    command + " was still running after " + Durations.format(timeout) + ".",
                    "Make it quicker, or raise the level's timeout.");
        }
        if (!result.succeeded()) {
            String said = result.lastLines(SHOWN_LINES);
            throw failure(
                    command + " ended with status " + result.exit() + (said.isEmpty() ? "." : ":\n" + said),
                    "Run it yourself; a host that it does not know is an empty map, {}, with status 0.");
        }
        if (result.output().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw failure(command + " prints more than 1 MiB.", "Let it print what this one host needs.");
        }
        return result.output();
    }

    private CommandResult run(Command command, Outside outside) {
        try {
            return outside.commands().run(command);
        } catch (ResourceFailure e) {
            throw failure(String.valueOf(e.getMessage()), e.advice().orElse("Correct the level."));
        } catch (IOException e) {
            throw failure(command + " cannot be started: " + e.getMessage() + ".", "Run it yourself.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(command + " was interrupted.", "Run it again.");
        }
    }

    private DataFailure failure(String detail, String advice) {
        return DataFailure.at(at, "Program failed", detail, advice);
    }
}
