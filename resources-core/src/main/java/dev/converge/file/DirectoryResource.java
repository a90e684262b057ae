package dev.converge.file;

import dev.converge.filesystem.Kind;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeepsTree;
import dev.converge.model.Mode;
import dev.converge.model.OwnsPath;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A directory: its owner, group and mode and, when that is asked for, all that is below it. A copied tree is one
 * resource with one change that sums up what differs. Links in a source are copied as links, and nothing is written
 * through a link below the directory; when the path itself is a link to a directory, that directory is managed.
 * {@code ensure 'absent'} removes an empty directory, and one with something in it only with force.
 *
 * @param path where it is; its parent must exist or be declared, unless {@code parents} is given
 * @param kind always {@code directory}; anything else at the path is reported as a difference
 * @param contents what is below it: follows from source, purge, recurse, fileMode and dirMode
 * @param owner name or number of the user that owns it and, with source or recurse, all below it
 * @param group name or number of its group and, with source or recurse, of all below it
 * @param mode permission bits of the directory itself, exactly as given: {@code x} is not added where {@code r} is; a
 *     new directory gets {@code 0755} when none is given
 * @param source a folder whose contents are copied into it: a name below the site's {@code files/}, or an absolute path
 *     on the host
 * @param fileMode permission bits of the files below it; when left out, a new file gets {@code 0644}, or {@code 0755}
 *     when its source can be executed
 * @param dirMode permission bits of the directories below it; when left out, a new one gets {@code 0755}
 * @param recurse whether owner and group are also those of what is below it when there is no source
 * @param purge whether what neither the source nor another resource names is removed; whole directories only with
 *     force. What is in a declared {@code mount}, {@code gitCheckout}, {@code archive} or in a directory with a source or
 *     a purge of its own is always left to that, and another file
 *     system that is mounted below is not touched
 * @param ignore names or paths below the directory that are neither copied, changed nor removed, as patterns such as
 *     {@code '*.bak'} or {@code 'cache/**'}
 * @param parents whether missing directories above it are made, with the mode 0755
 * @param force whether directories that are not empty may be removed, and other things at the path be replaced
 * @param backup whether what is replaced or removed is kept
 */
@ResourceType(name = "directory", provider = DirectoryProvider.class, removesBelow = true, example = """
                directory('/srv/app') {
                    owner 'app'
                    group 'app'
                    mode '0750'
                }
                """)
public record DirectoryResource(
        @Id
        @AutoRequire(
                value = {"mount", "directory", "link"},
                ancestors = true)
        Path path,

        @Derived @Default("directory") Kind kind,
        @Derived Optional<Contents> contents,
        @AutoRequire("user") Optional<String> owner,
        @AutoRequire("group") Optional<String> group,
        Optional<Mode> mode,
        @Parameter Optional<TreeSource> source,
        @Parameter Optional<Mode> fileMode,
        @Parameter Optional<Mode> dirMode,
        @Parameter @Default("false") boolean recurse,
        @Parameter @Default("false") boolean purge,
        @Parameter List<String> ignore,
        @Parameter @Default("false") boolean parents,
        @Parameter @Default("false") boolean force,
        @Parameter @Default("true") boolean backup)
        implements Resource, KeepsTree, OwnsPath {
    /** @throws InvalidValueException when a pattern is none, or an author gives it another kind */
    public DirectoryResource {
        kind = Kind.DIRECTORY.orSeen(kind);
        ignore = List.copyOf(ignore);
        Ignored.of(ignore);
        boolean asked = source.isPresent() || purge || recurse || fileMode.isPresent() || dirMode.isPresent();
        if (contents.isEmpty() && asked) {
            contents = Optional.of(
                    Contents.wanted(source.map(from -> "as in " + from).orElse("as declared")));
        }
    }

    /** Without these, only the directory itself is declared. */
    @Override
    public boolean keepsTree() {
        return source.isPresent() || purge;
    }

    @Override
    public Thing thing() {
        return Thing.DIRECTORY;
    }

    @Override
    public boolean followsLink() {
        return true;
    }
}
