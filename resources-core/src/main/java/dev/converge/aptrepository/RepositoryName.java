package dev.converge.aptrepository;

import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What a repository's files are called; apt passes over files with other letters in their names: sources.list(5). */
public record RepositoryName(String text) {
    private static final Path APT = Path.of("/etc/apt");

    /** @throws InvalidValueException when apt would not read a file of that name */
    public static RepositoryName parse(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new InvalidValueException(
                    "apt reads no file that is called \"" + text + "\".",
                    "Write letters, digits, \"-\", \"_\" and \".\", such as 'nginx'.");
        }
        return new RepositoryName(text);
    }

    Path sources() {
        return APT.resolve("sources.list.d/" + text + ".sources");
    }

    Path preferences() {
        return APT.resolve("preferences.d/" + text + ".pref");
    }

    /** apt tells the form of a key by the end of its file's name. */
    Path key(KeyForm form) {
        return APT.resolve("keyrings/" + text + form.suffix());
    }

    /** All that may be its own. */
    List<Path> files() {
        return Stream.concat(
                        Stream.of(sources(), preferences()),
                        Arrays.stream(KeyForm.values()).map(this::key))
                .toList();
    }

    @Override
    public String toString() {
        return text;
    }
}
