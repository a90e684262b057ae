package dev.converge.ini;

import dev.converge.filesystem.Validation;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.schema.Argument;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A key and its value in a file with sections in brackets, such as {@code php.ini} or {@code .gitconfig}. Only its line
 * changes; comments, order and spacing stay, byte for byte, and the file is kept before it changes. A new setting is
 * written as its neighbours are, below a comment that shows it, or else last in its section, which is made when there is
 * none. {@code ensure 'absent'} removes it, and its section when nothing is left in that. The value is the rest of the
 * line; for values of several lines, and files whose lens {@code augeas} knows, declare a {@code setting}.
 *
 * @param name the file, the section and the key: {@code iniSetting('/etc/app.ini', 'server', 'port', '8080')}. The
 *     section is what stands between the brackets, such as {@code remote "origin"}; {@code ''} is what stands before the
 *     first one
 * @param value its value, as the file shows it, quotes included. A key that is there several times with other values is a
 *     failure: which one counts cannot be told
 * @param separator what stands between key and value in a new line, such as {@code '='} or {@code ' '}, and by what the
 *     key of a line is found. When left out, that is {@code =} or {@code :}, and a new line is spaced as the others are
 * @param ignoreCase whether sections and keys are the same in any case
 * @param inlineComments whether a space and {@code ;} or {@code #} end a value: what follows is then a comment, and kept
 * @param create whether the file is made, with the mode 0644 (0600 with a secret in the value), when there is none
 * @param validate a command, without shell, that must accept the whole new file before it takes its place; {@code %}
 *     stands for its path
 */
@ResourceType(name = "iniSetting", provider = IniSettingProvider.class, example = """
                iniSetting('/etc/php/8.2/fpm/php.ini', 'PHP', 'memory_limit', '256M')
                """)
public record IniSettingResource(
        @Id(parts = {"file", "section", "key"}) @AutoRequire({"file", "mount", "directory", "link"})
        IniName name,

        @Argument Text value,
        @Parameter Optional<String> separator,
        @Parameter @Default("false") boolean ignoreCase,
        @Parameter @Default("false") boolean inlineComments,
        @Parameter @Default("false") boolean create,
        @Parameter List<String> validate)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when the value cannot be read back from the file */
    public IniSettingResource {
        Validation.of(validate, List.of());
        String text = value.reveal();
        if (!text.equals(text.stripTrailing()) || text.matches("(?s)\\s.*") || text.indexOf('\n') >= 0) {
            throw new InvalidValueException(
                    "The value of " + name.key() + " begins or ends with a space, or has a line break in it.",
                    "Write it as the file shows it, with quotes where the program wants them.");
        }
        if (inlineComments && text.matches("(?:.*\\s)?[;#].*")) {
            throw new InvalidValueException(
                    "The value of " + name.key() + " would end at the comment in it.", "Leave inlineComments out.");
        }
        if (separator.filter(sign -> sign.isEmpty() || sign.indexOf('\n') >= 0).isPresent()) {
            throw new InvalidValueException("The separator is empty.", "Write '=', ' = ', ':' or ' '.");
        }
    }

    IniDialect dialect() {
        return new IniDialect(separator, ignoreCase, inlineComments);
    }

    /** The same, found to have another value. */
    IniSettingResource seen(String found) {
        Text seen = value.isSensitive() ? Text.of(Secret.of(found)) : Text.of(found);
        return new IniSettingType().with(this, Map.of("value", seen));
    }

    Validation validation() {
        return Validation.of(validate, value.secrets());
    }

    @Override
    public List<Path> files() {
        return List.of(name.file().file());
    }
}
