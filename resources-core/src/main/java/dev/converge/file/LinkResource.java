package dev.converge.file;

import dev.converge.filesystem.Kind;
import dev.converge.model.InvalidValueException;
import dev.converge.model.OwnsPath;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A symbolic link. What it leads to need not exist. {@code ensure 'absent'} removes the link, never what it leads to.
 *
 * @param path where it is; its folder must exist or be declared
 * @param kind always {@code link}; anything else at the path is reported as a difference
 * @param target where it leads, exactly as {@code readlink} prints it: absolute, or relative to the link's own folder
 * @param owner name or number of the user that owns the link itself
 * @param group name or number of the link's own group
 * @param force whether a file, directory, FIFO, socket or device at the path may be removed for it
 * @param backup whether what is replaced or removed is kept
 */
@ResourceType(name = "link", provider = LinkProvider.class, example = """
                link('/opt/app/current') {
                    target '/opt/app/1.4'
                }
                """)
public record LinkResource(
        @Id
        @AutoRequire(
                value = {"mount", "directory", "link"},
                ancestors = true)
        Path path,

        @Derived @Default("link") Kind kind,
        String target,
        @AutoRequire("user") Optional<String> owner,
        @AutoRequire("group") Optional<String> group,
        @Parameter @Default("false") boolean force,
        @Parameter @Default("true") boolean backup)
        implements Resource, OwnsPath {
    /** @throws InvalidValueException when an author gives it another kind, or a target that no link can have */
    public LinkResource {
        kind = Kind.LINK.orSeen(kind);
        if (target.indexOf('\0') >= 0) {
            throw new InvalidValueException("The target of a link has no NUL character.");
        }
    }

    @Override
    public Thing thing() {
        return Thing.LINK;
    }

    /** Where it goes up again depends on the links above it. */
    @Override
    public Optional<Path> leads() {
        Path to = path.resolveSibling(target);
        return to.equals(to.normalize()) ? Optional.of(to) : Optional.empty();
    }

    @Override
    public boolean followsLink() {
        return false;
    }
}
