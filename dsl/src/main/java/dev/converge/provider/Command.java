package dev.converge.provider;

import dev.converge.model.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to run.
 *
 * @param argv program and arguments, never a shell string; a secret in it is masked in every log
 * @param environment added to the small environment that every command gets ({@code PATH}, {@code LC_ALL=C.UTF-8})
 * @param directory working directory; the host's {@code /} when empty
 * @param user account to run as; the one that runs Converge when empty
 * @param input standard input; none when empty
 * @param timeout after which the process group is killed
 */
public record Command(
        List<Text> argv,
        Map<String, Text> environment,
        Optional<Path> directory,
        Optional<String> user,
        Optional<Text> input,
        Duration timeout) {

    /** Long enough for a slow mirror, short enough that a run ends. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(5);

    public Command {
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    public static Command of(String... argv) {
        return of(List.of(argv));
    }

    public static Command of(List<String> argv) {
        return new Command(
                argv.stream().map(Text::of).toList(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                DEFAULT_TIMEOUT);
    }

    public Command environment(Map<String, Text> added) {
        return new Command(argv, added, directory, user, input, timeout);
    }

    public Command directory(Path folder) {
        return new Command(argv, environment, Optional.of(folder), user, input, timeout);
    }

    public Command user(String account) {
        return new Command(argv, environment, directory, Optional.of(account), input, timeout);
    }

    public Command input(Text text) {
        return new Command(argv, environment, directory, user, Optional.of(text), timeout);
    }

    public Command timeout(Duration limit) {
        return new Command(argv, environment, directory, user, input, limit);
    }

    /** The command line as a person would type it, secrets masked. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Text word : argv) {
            String shown = word.toString();
            boolean plain = shown.matches("[\\w@%+=:,./-]+");
            out.append(out.isEmpty() ? "" : " ").append(plain ? shown : "'" + shown.replace("'", "'\\''") + "'");
        }
        return out.toString();
    }
}
