package dev.converge.exec;

import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.provider.Command;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands that an {@code exec} stands for, each in the resource's folder, as its user and with its environment. */
final class ExecCommands {
    /** Carries a script with secrets past the list of processes, which every account may read. */
    private static final String SCRIPT_VARIABLE = "CONVERGE_SCRIPT";

    private static final String FROM_VARIABLE =
            "converge_script=$" + SCRIPT_VARIABLE + "; unset " + SCRIPT_VARIABLE + "; eval \"$converge_script\"";

    private static final String UNDER_UMASK = "umask \"$0\" && exec \"$@\"";

    private ExecCommands() {}

    /** The command itself. */
    static Command main(ExecResource exec) {
        Command plain = program(exec);
        Command wrapped = exec.umask()
                .map(mask -> words(plain, List.of("/bin/sh", "-c", UNDER_UMASK, mask.toString())))
                .orElse(plain);
        return exec.input().map(wrapped::input).orElse(wrapped);
    }

    /** The command without what is put before it: its program is the one that the author named. */
    static Command program(ExecResource exec) {
        return exec.command().map(words -> command(exec, words, Map.of())).orElseGet(() -> shell(exec, exec.script()));
    }

    /** A guard of the resource, or the script that it runs. */
    static Command shell(ExecResource exec, Text script) {
        return script.isSensitive()
                ? command(exec, texts("/bin/sh", "-c", FROM_VARIABLE), Map.of(SCRIPT_VARIABLE, script))
                : command(exec, texts("/bin/sh", "-c", script.reveal()), Map.of());
    }

    /** What runs, for messages: secrets are masked. */
    static String shown(ExecResource exec) {
        return exec.command().isPresent()
                ? program(exec).toString()
                : exec.script().toString();
    }

    /** Every secret that the command or a guard gets to know. */
    static List<Secret> secrets(ExecResource exec) {
        return Stream.of(
                        exec.command().stream().flatMap(List::stream),
                        exec.shell().stream(),
                        exec.input().stream(),
                        exec.onlyIf().stream(),
                        exec.unless().stream(),
                        exec.environment().values().stream())
                .flatMap(texts -> texts)
                .flatMap(text -> text.secrets().stream())
                .toList();
    }

    private static Command command(ExecResource exec, List<Text> argv, Map<String, Text> added) {
        Map<String, Text> environment = new LinkedHashMap<>();
        if (!exec.path().isEmpty()) {
            environment.put(
                    "PATH", Text.of(exec.path().stream().map(Path::toString).collect(Collectors.joining(":"))));
        }
        environment.putAll(exec.environment());
        environment.putAll(added);
        return new Command(argv, environment, exec.cwd(), exec.user(), Optional.empty(), exec.timeout());
    }

    private static Command words(Command command, List<String> prefix) {
        List<Text> argv = new ArrayList<>(texts(prefix.toArray(new String[0])));
        argv.addAll(command.argv());
        return new Command(
                argv, command.environment(), command.directory(), command.user(), command.input(), command.timeout());
    }

    private static List<Text> texts(String... words) {
        return Stream.of(words).map(Text::of).toList();
    }
}
