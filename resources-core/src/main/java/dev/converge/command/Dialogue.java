package dev.converge.command;

import dev.converge.model.Durations;
import dev.converge.model.Redactor;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Talks with a vendor's command line on behalf of one resource. */
final class Dialogue {
    private static final int LINES = 10;

    private final CommandResource resource;
    private final Host host;
    private final Redactor redactor;

    Dialogue(CommandResource resource, Host host) {
        this.resource = resource;
        this.host = host;
        this.redactor = Redactor.of(resource.secrets());
    }

    Command command(List<Text> words) {
        return new Command(
                words, resource.environment(), resource.cwd(), resource.user(), Optional.empty(), resource.timeout());
    }

    /** How it is now; empty when it does not exist. */
    Optional<State> state() throws IOException, InterruptedException {
        if (resource.test().isPresent()) {
            return tested();
        }
        Optional<CommandResult> answer = ask(resource.get().orElseThrow());
        if (answer.isEmpty() || !answer.get().succeeded()) {
            return Optional.empty();
        }
        String output = answer.get().output().strip();
        if (resource.expectLine().isPresent()) {
            String line = resource.expectLine().get().reveal().strip();
            boolean listed = output.lines().map(String::strip).anyMatch(line::equals);
            return listed ? Optional.of(State.observed(shown(line), true)) : Optional.empty();
        }
        boolean met = output.equals(resource.expect().orElseThrow().reveal().strip());
        return output.isEmpty() && !met ? Optional.empty() : Optional.of(State.observed(shown(output), met));
    }

    private Optional<State> tested() throws IOException, InterruptedException {
        Optional<CommandResult> answer = ask(resource.test().orElseThrow());
        if (answer.isEmpty() || !answer.get().succeeded()) {
            return Optional.empty();
        }
        Optional<CommandResult> detail =
                resource.get().isPresent() ? ask(resource.get().get()) : Optional.empty();
        String shown = detail.filter(CommandResult::succeeded)
                .map(result -> shown(result.output().strip()))
                .orElse("as its test wants");
        return Optional.of(State.observed(shown, true));
    }

    /** What the state looks like when it is not as it shall be, for a message. */
    String found() throws IOException, InterruptedException {
        List<Text> words = resource.get().or(resource::test).orElseThrow();
        Optional<CommandResult> answer = ask(words);
        String command = shown(words);
        return answer.map(result -> command + " ended with exit status " + result.exit() + said(result))
                .orElse(command + " cannot be run.");
    }

    /** Empty when it cannot be asked yet: in a dry run its program may be what an earlier resource is still to bring. */
    private Optional<CommandResult> ask(List<Text> words) throws IOException, InterruptedException {
        Command command = command(words);
        try {
            host.commands().check(command);
        } catch (ResourceFailure e) {
            return Optional.empty();
        }
        CommandResult result = Answers.of(host).ask(command, host);
        if (result.timedOut()) {
            throw slow(command, result);
        }
        return Optional.of(result);
    }

    /** Runs a command that changes something: whatever was read before is read again. */
    void run(List<Text> words) throws IOException, InterruptedException {
        Command command = command(words);
        CommandResult result;
        try {
            result = host.commands().run(command);
        } finally {
            host.invalidateAll();
        }
        if (result.timedOut()) {
            throw slow(command, result);
        }
        if (!result.succeeded()) {
            throw new ResourceFailure(
                    "The command \"" + shown(words) + "\" ended with exit status " + result.exit() + said(result),
                    "Run it by hand as the same user, or correct its words.");
        }
    }

    private ResourceFailure slow(Command command, CommandResult result) {
        return new ResourceFailure(
                "The command \"" + redactor.redact(command.toString()) + "\" did not end within "
                        + Durations.format(resource.timeout()) + said(result),
                "Raise timeout if it needs longer; it was stopped with everything that it started.");
    }

    /** A command as a person would type it. */
    String shown(List<Text> words) {
        return redactor.redact(command(words).toString());
    }

    private String shown(String output) {
        return resource.sensitive() ? Secret.MASK : redactor.redact(output);
    }

    private String said(CommandResult result) {
        if (resource.sensitive()) {
            return "; its output is sensitive and not shown.";
        }
        CommandResult masked = new CommandResult(
                result.exit(), redactor.redact(result.output()), redactor.redact(result.errors()), result.timedOut());
        String lines = masked.lastLines(LINES);
        return lines.isBlank() ? " and said nothing." : ". It said:\n" + lines;
    }
}
