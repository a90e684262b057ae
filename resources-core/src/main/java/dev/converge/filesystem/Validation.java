package dev.converge.filesystem;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Redactor;
import dev.converge.model.Secret;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command that says whether a new file may take its place.
 *
 * @param words the command, {@code %} in place of the file's path; empty when every file may
 * @param secrets what its output must not show
 */
public record Validation(List<String> words, List<Secret> secrets) {
    private static final int SHOWN_LINES = 10;
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    /**
     * @param given the command: words, or one text that is split at its spaces; empty for none
     * @param secrets what its output must not show
     * @throws InvalidValueException when it does not say where the path of the file to check belongs
     */
    public static Validation of(List<String> given, List<Secret> secrets) {
        InvalidValueException.when(
                !given.isEmpty() && given.stream().noneMatch(word -> word.contains("%")),
                "The validate command does not name the file to check.",
                "Put % where its path belongs.");
        return new Validation(given.size() == 1 ? split(given.get(0)) : given, secrets);
    }

    /** None: every file may take its place. */
    public static Validation none() {
        return new Validation(List.of(), List.of());
    }

    /** Words at spaces, quotes keep them together; nothing else of a shell. */
    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    words.add(matcher.group(group));
                }
            }
        }
        return words;
    }

    /**
     * Runs the command.
     *
     * @param candidate the real path of the new file
     * @throws ResourceFailure when the command refuses it, with what it said
     */
    public void accept(Path candidate, Host host) throws IOException, InterruptedException {
        if (words.isEmpty()) {
            return;
        }
        Path seen = Path.of("/").resolve(host.root().relativize(candidate));
        Command command = Command.of(
                words.stream().map(word -> word.replace("%", seen.toString())).toList());
        CommandResult result = host.commands().run(command);
        if (!result.succeeded()) {
            throw new ResourceFailure(
                    "The new content is refused by '" + String.join(" ", words) + "'"
                            + (result.timedOut() ? ", which did not end in time" : ", exit " + result.exit())
                            + "; the old file stays."
                            + said(Redactor.of(secrets).redact(result.lastLines(SHOWN_LINES))),
                    "Correct the content, or the command.");
        }
    }

    private static String said(String output) {
        return output.isBlank() ? "" : "\n" + output;
    }
}
