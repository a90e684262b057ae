package dev.converge.textedit;

import dev.converge.filesystem.Validation;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.provider.ResourceFailure;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line in a text file that also holds others. It is added when the file has no such line; with {@code match}, it takes
 * the place of the line that matches. {@code ensure 'absent'} removes every line that equals it or, with {@code match},
 * every line that matches. All other lines stay as they are, byte for byte, and the file is kept before it changes. For
 * several lines that belong together, declare a {@code block}; for a key and its value, an {@code iniSetting}.
 *
 * @param name the file and the line: {@code line('/etc/modules', 'loop')}
 * @param line what the line says, without its line end
 * @param text the line itself, when a secret is in it or it is too long for a name; the name then only says which line
 *     this is about
 * @param match a regular expression that finds the line to replace, such as {@code '^GRUB_TIMEOUT='}. It must find the
 *     line itself too, or the next run would find nothing. When several lines match and differ from it, nothing is
 *     changed, unless {@code all} is true
 * @param all whether every line that matches is replaced
 * @param after a regular expression: a new line goes after the last line that matches, or to the end of the file
 * @param before a regular expression: a new line goes before the first line that matches, or to the end of the file;
 *     {@code '^'} is the beginning of the file
 * @param create whether the file is made, with the mode 0644 (0600 with a secret in the line), when there is none
 * @param validate a command, without shell, that must accept the whole new file before it takes its place; {@code %}
 *     stands for its path, as in {@code 'visudo -cf %'}
 */
@ResourceType(name = "line", provider = LineProvider.class, example = """
                line('/etc/default/grub', 'GRUB_TIMEOUT=1') {
                    match '^GRUB_TIMEOUT='
                }
                """)
public record LineResource(
        @Id(parts = {"file", "line"}) @AutoRequire({"file", "mount", "directory", "link"})
        LineName name,

        @Derived Optional<Text> line,
        @Parameter Optional<Text> text,
        @Parameter Optional<Regex> match,
        @Parameter @Default("false") boolean all,
        @Parameter Optional<Regex> after,
        @Parameter Optional<Regex> before,
        @Parameter @Default("false") boolean create,
        @Parameter List<String> validate)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when attributes contradict each other */
    public LineResource {
        Text wanted = text.orElseGet(() -> Text.of(name.line()));
        if (wanted.reveal().indexOf('\n') >= 0 || wanted.reveal().indexOf('\r') >= 0) {
            throw new InvalidValueException(
                    "The text of a line has a line break in it.", "Declare a block, or a line for each.");
        }
        if (match.isPresent() && !finds(match.get(), wanted)) {
            throw new InvalidValueException(
                    "\"match\" does not find the line itself: the next run would not find what this one wrote.",
                    "Let it match both, such as '^#?PermitRootLogin' for a line that may be commented out.");
        }
        if (all && match.isEmpty()) {
            throw new InvalidValueException("\"all\" is about the lines that \"match\" finds.", "Give match too.");
        }
        new Place(after, before);
        Validation.of(validate, List.of());
        if (line.isEmpty()) {
            line = Optional.of(wanted);
        }
    }

    private static boolean finds(Regex match, Text wanted) {
        try {
            return match.isIn(wanted.reveal());
        } catch (ResourceFailure e) {
            throw new InvalidValueException(e.getMessage(), e.advice().orElse(""));
        }
    }

    /** What the author wants, whatever was observed. */
    Text wanted() {
        return text.orElseGet(() -> Text.of(name.line()));
    }

    /** The same, found to say something else. */
    LineResource seen(String found) {
        Text seen = wanted().isSensitive() ? Text.of(Secret.of(found)) : Text.of(found);
        return new LineType().with(this, Map.of("line", Optional.of(seen)));
    }

    Validation validation() {
        return Validation.of(validate, wanted().secrets());
    }

    @Override
    public List<Path> files() {
        return List.of(name.file());
    }

    @Override
    public Optional<Boolean> isIn(String whole) {
        return Optional.of(Lines.of(whole).texts().contains(wanted().reveal()));
    }
}
