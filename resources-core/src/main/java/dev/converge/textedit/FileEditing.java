package dev.converge.textedit;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Step.RewriteFile;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An edit of a file without Converge: a program of awk(1) that prints the file as it shall be. It runs first to see whether
 * anything would change.
 */
public final class FileEditing {
    /** One variable of a process takes 128 KiB: execve(2). */
    private static final int LONGEST = 100_000;

    private static final String NOW = "[ -f \"$FILE\" ] && awk \"$PROGRAM\" < \"$FILE\" | cmp -s - \"$FILE\"";

    private FileEditing() {}

    /**
     * The edit.
     *
     * @param program of awk, which takes its values from {@code ENVIRON} and gives up by an exit status
     * @param create whether the file is made where there is none
     * @param validate the command that has to accept the draft, {@code %} for its path; empty for none
     */
    public static RewriteFile of(
            Path file, String program, Map<String, Text> values, boolean create, List<String> validate) {
        Map<String, Text> environment = new LinkedHashMap<>();
        environment.put("FILE", Text.of(file.toString()));
        environment.put("PROGRAM", Text.of(program));
        environment.putAll(values);
        for (Text value : environment.values()) {
            InvalidValueException.when(
                    value.reveal().getBytes(StandardCharsets.UTF_8).length > LONGEST,
                    "What is edited into the file is too long for a first boot.",
                    "Declare the whole file.");
        }
        RunCommand awk = new RunCommand(
                List.of(Text.of("awk \"$PROGRAM\"")),
                true,
                new Guard(List.of(), List.of(), List.of(Text.of(NOW))),
                Optional.empty(),
                Optional.empty(),
                environment,
                Optional.empty());
        boolean secret = values.values().stream().anyMatch(Text::isSensitive);
        return new RewriteFile(file, awk, create ? Optional.of(secret ? "0600" : "0644") : Optional.empty(), validate);
    }

    /** What to do with a resource that shall be absent, where that is not worth a program. */
    public static InvalidValueException onlyPresent() {
        return new InvalidValueException(
                "Its removal is only for Converge itself.", "A new machine does not have it: leave it out.");
    }
}
