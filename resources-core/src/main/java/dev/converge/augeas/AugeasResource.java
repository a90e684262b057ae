package dev.converge.augeas;

import dev.converge.filesystem.Validation;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import dev.converge.schema.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Edits of a configuration file as a tree, through Augeas. Only the lines that the edits are about change: all others,
 * comments and spaces too, stay as they are. It is in sync when the edits would change nothing. The file is parsed in
 * memory and written by Converge, in one step, after what it replaces is kept. One file for each resource. Needs
 * libaugeas on the host: the package libaugeas0 (Debian), augeas-libs (Red Hat) or augeas (Alpine); the file's other
 * users need nothing. For one setting of the usual kinds of file, {@code setting} is shorter.
 *
 * @param name what the resource is called; a path is also the file
 * @param incl the file, such as {@code '/etc/ssh/sshd_config'}; left out where the name or the context says it
 * @param lens the file's syntax, such as {@code 'Sshd'}; left out for a file that Augeas's own lenses name
 * @param context where paths that do not start with a slash begin; the file's tree, such as
 *     {@code /files/etc/ssh/sshd_config}, when left out
 * @param edits what to do, in the order written, each by a word of its own; a list of texts in augtool's syntax, such as
 *     {@code 'set PermitRootLogin no'}, does too; reports show beside them the nodes that they would change, as they are
 * @param onlyIf when the edits are made, as Puppet's augeas type has it: {@code 'match AllowUsers size == 0'},
 *     {@code 'get PermitRootLogin != no'}, {@code 'values AllowUsers/* include root'}
 * @param create whether a file that is missing is made
 * @param validate a command, without shell, that must accept the whole new file before it takes its place; {@code %}
 *     stands for its path, as in {@code 'sshd -t -f %'}
 */
@ResourceType(
        name = "augeas",
        provider = AugeasProvider.class,
        absentable = false,
        after = {"pkg[libaugeas0]", "pkg[augeas-libs]", "pkg[augeas]", "pkg[augeas-lenses]"},
        example = """
                augeas('/etc/ssh/sshd_config') {
                    set 'PermitRootLogin', 'no'
                    rm 'AllowUsers'
                }
                """)
public record AugeasResource(
        @Id String name,

        @Parameter
        @AutoRequire(
                value = {"file", "mount", "directory", "link"},
                ancestors = true)
        Optional<Path> incl,

        @Parameter Optional<LensName> lens,
        @Parameter Optional<String> context,
        @Words List<AugeasEdit> edits,
        @Parameter Optional<Guard> onlyIf,
        @Parameter @Default("false") boolean create,
        @Parameter List<String> validate)
        implements Resource, KeptInFiles {
    private static final String FILES = "/files/";

    /** @throws InvalidValueException when nothing says which file is meant, or the context is in another one */
    public AugeasResource {
        edits = List.copyOf(edits);
        Validation.of(validate, List.of());
        if (incl.isEmpty()) {
            incl = Optional.of(fileOf(name, context));
        }
        if (incl.isPresent() && context.isPresent()) {
            requireInside(context.get(), Tree.rootOf(incl.get()));
        }
    }

    private static Path fileOf(String name, Optional<String> context) {
        if (context.isPresent() && context.get().startsWith(FILES)) {
            Optional<Path> known = knownFile(Path.of("/" + context.get().substring(FILES.length())));
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (name.startsWith("/")) {
            return Path.of(name).normalize();
        }
        throw new InvalidValueException(
                "Nothing says which file augeas '" + name + "' is about.", "Add incl '/etc/…' with the file's path.");
    }

    /** The shortest beginning of a path that is a file which some lens names. */
    private static Optional<Path> knownFile(Path path) {
        for (int length = 1; length <= path.getNameCount(); length++) {
            Path file = Path.of("/").resolve(path.subpath(0, length));
            if (KnownLenses.forFile(file).isPresent()) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static void requireInside(String context, String root) {
        boolean inside = context.equals(root) || context.startsWith(root + "/") || context.startsWith(root + "[");
        if (context.startsWith("/") && !inside) {
            throw new InvalidValueException(
                    "The context " + context + " is not in the file's tree, " + root + ".",
                    "Let it begin with that, or leave it out.");
        }
    }

    Path file() {
        return incl.orElseThrow();
    }

    /** What the file's syntax is. */
    LensName syntax() {
        return lens.orElseGet(() -> KnownLenses.require(file()));
    }

    boolean hasSecret() {
        return edits.stream().anyMatch(AugeasEdit::isSensitive);
    }

    Validation validation() {
        return Validation.of(
                validate,
                edits.stream().flatMap(edit -> edit.secrets().stream()).toList());
    }

    @Override
    public List<Path> files() {
        return List.of(file());
    }
}
