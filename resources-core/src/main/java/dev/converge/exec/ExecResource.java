package dev.converge.exec;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Mode;
import dev.converge.model.Repeats;
import dev.converge.model.Resource;
import dev.converge.model.Text;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A command that runs when its guards ask for it: one that makes a state which no other type describes. It runs in
 * every run unless {@code creates}, {@code onlyIf}, {@code unless} or {@code refreshOnly} says when not to. A guard
 * only looks: it runs in a dry run too. When something that notifies it has changed, it runs once more after its own
 * turn, if its guards allow; with {@code refreshOnly} it runs only then. It has no terminal to ask at, and a small
 * environment: PATH, HOME, LC_ALL=C.UTF-8 and what {@code environment} adds.
 *
 * @param name what the command is called; without {@code command} and {@code shell} also the line that {@code /bin/sh}
 *     runs
 * @param command the program and its arguments, each as one word: {@code command 'nginx', '-s', 'reload'}. No shell
 *     reads them, so nothing in them needs quoting. Every account of the host may see arguments in the list of
 *     processes: hand secrets over in {@code environment} or {@code input}.
 *     Files, links and packages that a word names come first
 * @param shell a line or a script for {@code /bin/sh -c}, for what needs pipes, redirections or several commands
 * @param creates paths of which one is enough to say that the command has done its work before
 * @param onlyIf guards for {@code /bin/sh -c}: the command runs only if every one of them succeeds. They run in the
 *     command's folder, as its user, with its environment and time limit
 * @param unless guards for {@code /bin/sh -c}: the command does not run if one of them succeeds
 * @param refreshOnly whether the command runs only when something that notifies it has changed
 * @param user account that the command and its guards run as; the one that runs Converge when left out
 * @param cwd folder that the command and its guards start in; {@code /} when left out
 * @param environment variables to add; an empty value is kept as an empty one
 * @param path folders in which programs are looked for, instead of the usual ones
 * @param umask bits that files made by the command do not get, such as {@code 0077}
 * @param input text for the command's standard input; nothing when left out
 * @param timeout how long one try may take; then it is stopped together with everything that it started
 * @param tries how often the command is run until it succeeds
 * @param trySleep pause between two tries
 * @param returns exit statuses that mean success
 * @param sensitive whether the command's output holds what nobody may see, so that no message may quote it
 */
@ResourceType(name = "exec", provider = ExecProvider.class, creation = "executed", absentable = false, example = """
                exec('build the search index') {
                    command '/opt/app/bin/index', '--all'
                    creates '/var/lib/app/index'
                    user 'app'
                }
                """)
public record ExecResource(
        @Id String name,
        @AutoRequire({"file", "link", "pkg"}) Optional<List<Text>> command,
        Optional<Text> shell,
        @Parameter List<Path> creates,
        @Parameter List<Text> onlyIf,
        @Parameter List<Text> unless,
        @Parameter @Default("false") boolean refreshOnly,
        @Parameter @AutoRequire("user") Optional<String> user,
        @Parameter @AutoRequire({"directory", "link"}) Optional<Path> cwd,
        @Parameter Map<String, Text> environment,
        @Parameter List<Path> path,
        @Parameter Optional<Mode> umask,
        @Parameter Optional<Text> input,
        @Parameter @Default("5m") Duration timeout,
        @Parameter @Default("1") int tries,
        @Parameter @Default("0s") Duration trySleep,
        @Parameter @Default("0") List<Integer> returns,
        @Parameter @Default("false") boolean sensitive)
        implements Resource, Repeats {

    public ExecResource {
        InvalidValueException.when(
                command.isPresent() && shell.isPresent(),
                "exec takes either \"command\" or \"shell\", and both are given.",
                "Leave one of them out.");
        command.ifPresent(ExecResource::requireWords);
        InvalidValueException.when(
                environment.keySet().stream().anyMatch(key -> key.isEmpty() || key.indexOf('=') >= 0),
                "The name of a variable in \"environment\" is empty or has \"=\" in it.",
                "Write [NAME: 'value'].");
        InvalidValueException.when(
                !path.isEmpty() && environment.containsKey("PATH"),
                "Both \"path\" and PATH in \"environment\" say where programs are.",
                "Leave one of them out.");
        InvalidValueException.when(
                umask.filter(Mode::isSymbolic).isPresent(),
                "\"umask\" takes octal digits, not a symbolic mode.",
                "Write digits such as '0022'.");
        InvalidValueException.when(
                timeout.isZero(),
                "\"timeout\" is zero: nothing could run.",
                "Write how long it may take at most, such as '30m'.");
        InvalidValueException.when(
                Stream.of(
                                command.stream().flatMap(List::stream),
                                shell.stream(),
                                onlyIf.stream(),
                                unless.stream(),
                                environment.values().stream())
                        .flatMap(texts -> texts)
                        .anyMatch(text -> text.reveal().indexOf('\0') >= 0),
                "No command, script or variable can hold a NUL character.",
                "Hand it over in input.");
        InvalidValueException.when(
                tries < 1, "\"tries\" is " + tries + ", so the command would never run.", "Write 1 or more.");
        InvalidValueException.when(
                returns.isEmpty() || returns.stream().anyMatch(status -> status < 0 || status > 255),
                "\"returns\" takes exit statuses, which are numbers from 0 to 255.",
                "Write 0 for the usual success.");
    }

    private static void requireWords(List<Text> words) {
        InvalidValueException.when(
                words.isEmpty() || words.get(0).reveal().isEmpty(),
                "\"command\" names no program.",
                "Write the program first, then its arguments.");
        InvalidValueException.when(
                words.size() == 1 && words.get(0).reveal().matches("(?s).*\\s.*"),
                "\"command\" is one word with white space in it, and no shell will split it.",
                "Write one word per argument, such as command 'nginx', '-s', 'reload', or use shell.");
    }

    /** What runs, as a person would type it; secrets are masked by its parts. */
    Text script() {
        return shell.orElseGet(() -> Text.of(name));
    }

    @Override
    public boolean repeats() {
        return creates.isEmpty() && onlyIf.isEmpty() && unless.isEmpty() && !refreshOnly;
    }
}
