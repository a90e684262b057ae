package dev.converge.textedit;

import dev.converge.filesystem.Validation;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lines that belong together in a text file that also holds others, between two comments that say whose they are:
 * {@code # BEGIN converge: cluster} and {@code # END converge: cluster}. What is between them is replaced as a whole;
 * everything else stays as it is, byte for byte, and the file is kept before it changes. A marker that is missing or
 * there twice is a failure, and changes nothing. {@code ensure 'absent'} removes the lines and their markers.
 *
 * @param name the file and the name that the markers show: {@code block('/etc/hosts', 'cluster')}
 * @param content the lines between the markers; a last line end is added when there is none
 * @param comment how the file marks a comment: a sign such as {@code #}, {@code //} or {@code ;}, or a pair such as
 *     {@code <!-- -->}
 * @param after a regular expression: a new block goes after the last line that matches, or to the end of the file
 * @param before a regular expression: a new block goes before the first line that matches, or to the end of the file;
 *     {@code '^'} is the beginning of the file
 * @param create whether the file is made, with the mode 0644 (0600 with a secret in the block), when there is none
 * @param validate a command, without shell, that must accept the whole new file before it takes its place; {@code %}
 *     stands for its path
 */
@ResourceType(name = "block", provider = BlockProvider.class, example = """
                block('/etc/hosts', 'cluster') {
                    content "10.0.0.5 db\\n10.0.0.6 cache\\n"
                }
                """)
public record BlockResource(
        @Id(parts = {"file", "name"}) @AutoRequire({"file", "mount", "directory", "link"})
        BlockName name,

        Content content,
        @Parameter @Default("#") CommentStyle comment,
        @Parameter Optional<Regex> after,
        @Parameter Optional<Regex> before,
        @Parameter @Default("false") boolean create,
        @Parameter List<String> validate)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when attributes contradict each other, or the content has a marker in it */
    public BlockResource {
        new Place(after, before);
        Validation.of(validate, List.of());
        String text = textOf(content);
        if (new Markers(name, comment).isMarked(text)) {
            throw new InvalidValueException(
                    "The content has a line like the markers of a block in it.", "Leave the markers to Converge.");
        }
    }

    private static String textOf(Content content) {
        return Content.decode(content.bytes())
                .orElseThrow(() -> new InvalidValueException(
                        "The content is no text.", "A block holds lines; declare a file for anything else."));
    }

    /** What shall be between the markers: whole lines, whatever the ends that the file has. */
    String wanted() {
        String text = textOf(content);
        String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        return Lines.of(whole).texts().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /**
     * The same, found to hold something else.
     *
     * @param found whole lines
     */
    BlockResource seen(String found) {
        if (found.equals(wanted())) {
            return this;
        }
        Content seen = Content.of(found);
        return new BlockType().with(this, Map.of("content", content.isSensitive() ? seen.hidden() : seen));
    }

    Validation validation() {
        return Validation.of(validate, content.secrets());
    }

    @Override
    public List<Path> files() {
        return List.of(name.file());
    }
}
