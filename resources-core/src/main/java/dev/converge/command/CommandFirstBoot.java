package dev.converge.command;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@code command} without Converge: what asks becomes the guard of what sets. */
final class CommandFirstBoot {
    private CommandFirstBoot() {}

    static List<Step> steps(Declared<CommandResource> declared) {
        CommandResource command = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            List<Text> remove = command.remove()
                    .orElseThrow(() -> new InvalidValueException(
                            "Nothing says how it is taken away.", "Give remove, the command that does it."));
            return List.of(step(command, remove, new Guard(List.of(), List.of(there(command)), List.of())));
        }
        Guard guard = new Guard(List.of(), List.of(), List.of(there(command)));
        return List.of(step(command, command.set().orElseThrow(), guard));
    }

    static List<Step> refresh(CommandResource command) {
        return command.refresh()
                .<List<Step>>map(words -> List.of(step(command, words, Guard.NONE)))
                .orElse(List.of());
    }

    private static Step step(CommandResource command, List<Text> words, Guard guard) {
        List<Text> argv = new ArrayList<>(List.of(
                Text.of("timeout"), Text.of(Long.toString(command.timeout().toSeconds()))));
        argv.addAll(words);
        return new RunCommand(
                argv, false, guard, command.user(), command.cwd(), command.environment(), Optional.empty());
    }

    /** A shell command that succeeds where all is as it shall be; a secret in it makes all of it one. */
    private static Text there(CommandResource command) {
        if (command.test().isPresent()) {
            return hidden(line(command.test().get()), command);
        }
        String got = line(command.get().orElseThrow());
        if (command.expectLine().isPresent()) {
            String wanted = Quoted.always(command.expectLine().get().reveal().strip());
            String strip = " | sed 's/^[[:space:]]*//; s/[[:space:]]*$//'";
            return hidden(got + strip + " | grep -qxF -e " + wanted, command);
        }
        String wanted = Quoted.always(command.expect().orElseThrow().reveal().strip());
        String strip = " | sed '/[^[:space:]]/,$!d' | sed '1s/^[[:space:]]*//; $s/[[:space:]]*$//'";
        return hidden("[ \"$(" + got + strip + ")\" = " + wanted + " ]", command);
    }

    private static String line(List<Text> words) {
        return Quoted.words(words.stream().map(Text::reveal).toList());
    }

    private static Text hidden(String line, CommandResource command) {
        return command.secrets().isEmpty() ? Text.of(line) : Text.of(Secret.of(line));
    }
}
