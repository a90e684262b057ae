package dev.converge.augeas;

import dev.converge.filesystem.Validation;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.model.Text;
import dev.converge.schema.Argument;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One setting in a configuration file, such as {@code PermitRootLogin} in {@code /etc/ssh/sshd_config}. Its value is
 * changed where it is; a new one goes behind the comment that shows its default, in an sshd_config before the first
 * Match, else at the end of its section. Nothing else in the file changes. {@code ensure 'absent'} removes the setting,
 * which puts its default in force. For files of keys and values: sshd_config, sysctl.conf, login.defs, those of
 * {@code /etc/default}, and those with sections, such as my.cnf and php.ini. What is a list of lines, such as hosts, or
 * has blocks, such as nginx.conf, is for {@code augeas}. Files that the file includes are not looked at. Needs libaugeas,
 * as {@code augeas} does.
 *
 * @param name the file, then the key as the file has it; in a file with sections that is section and key, such as
 *     {@code 'mysqld/port'}
 * @param value what it shall be, as the file writes it, but without a shell's quotes; several words where the file takes
 *     several, as in {@code 'root admin'} for AllowUsers; it may hold secrets
 * @param lens the file's syntax, such as {@code 'Sshd'}; left out for a file that Augeas's own lenses name
 * @param create whether a file that is missing is made
 * @param validate a command, without shell, that must accept the whole new file before it takes its place; {@code %}
 *     stands for its path, as in {@code 'sshd -t -f %'}
 */
@ResourceType(
        name = "setting",
        provider = SettingProvider.class,
        after = {"pkg[libaugeas0]", "pkg[augeas-libs]", "pkg[augeas]", "pkg[augeas-lenses]"},
        example = """
                setting('/etc/ssh/sshd_config', 'PermitRootLogin', 'no')
                """)
public record SettingResource(
        @Id(parts = {"file", "key"}) @AutoRequire({"file", "mount", "directory", "link"})
        SettingName name,

        @Argument Text value,
        @Parameter Optional<LensName> lens,
        @Parameter @Default("false") boolean create,
        @Parameter List<String> validate)
        implements Resource, KeptInFiles {
    /** @throws InvalidValueException when the validate command does not name the file */
    public SettingResource {
        Validation.of(validate, List.of());
    }

    /** What the file's syntax is. */
    LensName syntax() {
        return lens.orElseGet(() -> KnownLenses.require(name.file()));
    }

    Validation validation() {
        return Validation.of(validate, value.secrets());
    }

    @Override
    public List<Path> files() {
        return List.of(name.file());
    }
}
