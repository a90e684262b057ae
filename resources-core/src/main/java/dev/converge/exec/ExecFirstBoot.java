package dev.converge.exec;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Text;
import dev.converge.provider.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An {@code exec} without Converge: the same words, with small programs around them for what only Converge does. */
final class ExecFirstBoot {
    private ExecFirstBoot() {}

    static List<Step> steps(ExecResource exec) {
        return exec.refreshOnly() ? List.of() : List.of(step(exec));
    }

    static Step step(ExecResource exec) {
        InvalidValueException.when(
                exec.tries() > 1 && exec.input().isPresent(),
                "Only Converge itself gives a command its \"input\" at each of its \"tries\".",
                "Leave one of them out, or let the command read a file.");
        Command command = ExecCommands.main(exec);
        return new RunCommand(
                around(exec, command.argv()),
                false,
                new Guard(exec.creates(), exec.onlyIf(), exec.unless()),
                command.user(),
                command.directory(),
                command.environment(),
                command.input());
    }

    private static List<Text> around(ExecResource exec, List<Text> argv) {
        Stream<Text> timed = Stream.concat(
                words(
                        "timeout",
                        exec.timeout().toSeconds()
                                + (exec.timeout().toMillisPart() == 0
                                        ? ""
                                        : "."
                                                + String.format(
                                                        "%03d", exec.timeout().toMillisPart()))),
                argv.stream());
        Stream<Text> judged = exec.returns().equals(List.of(0))
                ? timed
                : Stream.concat(words("/bin/sh", "-c", verdict(exec), "sh"), timed);
        Stream<Text> tried =
                exec.tries() == 1 ? judged : Stream.concat(words("/bin/sh", "-c", tries(exec), "sh"), judged);
        return new ArrayList<>(tried.toList());
    }

    private static Stream<Text> words(String... words) {
        return Stream.of(words).map(Text::of);
    }

    private static String verdict(ExecResource exec) {
        String fine = exec.returns().stream().map(Object::toString).collect(Collectors.joining(" | "));
        return "status=0; \"$@\" || status=$?; case $status in " + fine
                + ") ;; 0) exit 1 ;; *) exit \"$status\" ;; esac";
    }

    private static String tries(ExecResource exec) {
        return "try=1; until \"$@\"; do status=$?; [ \"$try\" -lt " + exec.tries()
                + " ] || exit \"$status\"; try=$((try + 1)); sleep "
                + exec.trySleep().toSeconds() + "; done";
    }
}
