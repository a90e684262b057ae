package dev.converge.target;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Programs as lines of sh(1), each in its folder, as its user, with its variables. */
final class ShellCommands {
    /** Carries a script with secrets past the list of processes, which every account may read. */
    private static final String SCRIPT = "CONVERGE_SCRIPT";

    private static final String FROM_VARIABLE = "script=$" + SCRIPT + "; unset " + SCRIPT + "; eval \"$script\"";

    private ShellCommands() {}

    static List<String> of(RunCommand step) {
        String main = main(step);
        return within(
                step,
                step.input()
                        .map(text -> "printf '%s' " + Quoted.always(text.reveal()) + " | " + main)
                        .orElse(main + " < /dev/null"));
    }

    /** The program itself, which reads its standard input. */
    static String main(RunCommand step) {
        return step.shell() ? script(step, step.argv().get(0)) : surrounded(step, words(step));
    }

    /** A line with the program in it, after what all of the step's programs have, unless its guard says otherwise. */
    static List<String> within(RunCommand step, String line) {
        List<String> lines = new ArrayList<>(surroundings(step));
        lines.addAll(guarded(step.guard(), text -> script(step, text) + " > /dev/null 2>&1 < /dev/null", line));
        return lines;
    }

    /** A line that runs unless its guards say otherwise. @param asked a guard as a command */
    static List<String> guarded(Guard guard, Function<Text, String> asked, String line) {
        List<String> conditions = new ArrayList<>();
        for (Path path : guard.creates()) {
            conditions.add("[ ! -e " + ShellSteps.word(path) + " ]");
        }
        guard.onlyIf().forEach(text -> conditions.add(asked.apply(text)));
        guard.unless().forEach(text -> conditions.add("! " + asked.apply(text)));
        if (conditions.isEmpty()) {
            return List.of(line, "changed=yes");
        }
        return List.of("if " + String.join(" && ", conditions) + "; then", line, "changed=yes", "fi");
    }

    private static String words(RunCommand step) {
        return Quoted.words(step.argv().stream().map(Text::reveal).toList());
    }

    private static String script(RunCommand step, Text script) {
        if (!script.isSensitive()) {
            return surrounded(step, Quoted.words(List.of("/bin/sh", "-c", script.reveal())));
        }
        String whole = surrounded(step, Quoted.words(List.of("/bin/sh", "-c", FROM_VARIABLE)));
        return "(" + variable(SCRIPT, script) + " && " + whole + ")";
    }

    /** What all of a step's programs have, as a function: each of them runs in a subshell that begins with it. */
    private static List<String> surroundings(RunCommand step) {
        List<String> all = new ArrayList<>();
        step.directory().ifPresent(folder -> all.add("cd " + ShellSteps.word(folder)));
        step.environment().forEach((name, value) -> all.add(variable(name, value)));
        return all.isEmpty() ? List.of() : List.of("within() {\n" + String.join(" &&\n", all) + "\n}");
    }

    private static String surrounded(RunCommand step, String command) {
        String whole =
                step.user().map(user -> "as_user " + Quoted.word(user) + " ").orElse("") + command;
        boolean bare = step.directory().isEmpty() && step.environment().isEmpty();
        if (bare) {
            return step.user().isEmpty() ? whole : "(" + whole + ")";
        }
        return "(within && " + whole + ")";
    }

    private static String variable(String name, Text value) {
        return "export " + name + "=" + Quoted.always(value.reveal());
    }
}
