package dev.converge.archive;

import dev.converge.file.Checksum;
import dev.converge.file.Source;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeepsTree;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An archive, unpacked into a folder of its own: tar, plain or compressed by gzip, bzip2, xz or zstd, and zip. It is
 * fetched and its checksum verified before anything is unpacked, beside the folder; then the two change places, so that
 * the old version stays whole until the new one is. Which archive a folder holds is in its file {@code
 * .converge-archive}: as long as that says the same, nothing is fetched, and what somebody edits in the folder is let
 * alone. A new archive replaces the whole folder, edits and added files included; the old one goes to the backup store.
 * Nothing is ever written outside the folder: an archive with such names or links is refused. Files keep the permission
 * bits of the archive, without set-user-id and set-group-id, but not its owners.
 *
 * @param path the folder; when it exists it is empty, or holds an archive that Converge unpacked
 * @param source a name below the site's {@code files/}, an absolute path on the host, or an {@code https://} or
 *     {@code http://} address with a checksum
 * @param checksum the digest of the archive, such as {@code 'sha256:…'}; a source from the network needs one
 * @param strip how many leading folders of its names are left out, such as 1 for {@code app-1.2/bin/app}
 * @param creates a path in the folder without which it counts as not unpacked, such as {@code bin/app}
 * @param owner name or number of the user that owns all of it; the one that runs Converge when left out
 * @param group name or number of the group of all of it
 * @param backup whether a folder that is replaced or removed is kept
 * @param contents which archive it holds: follows from source, checksum, strip and creates
 */
@ResourceType(
        name = "archive",
        provider = ArchiveProvider.class,
        creation = "unpacked",
        after = "pkg[zstd]",
        example = """
                archive('/opt/app') {
                    source 'https://downloads.example.com/app-1.2.tar.gz'
                    checksum 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
                    strip 1
                    creates 'bin/app'
                }
                """)
public record ArchiveResource(
        @Id
        @AutoRequire(
                value = {"mount", "directory", "link"},
                ancestors = true)
        Path path,

        @Parameter @Required @AutoRequire("file") Optional<Source> source,
        @Parameter Optional<Checksum> checksum,
        @Parameter @Default("0") int strip,
        @Parameter Optional<String> creates,
        @AutoRequire("user") Optional<String> owner,
        @AutoRequire("group") Optional<String> group,
        @Parameter @Default("true") boolean backup,
        @Derived Optional<Unpacked> contents)
        implements Resource, KeepsTree {
    /** @throws InvalidValueException when nobody could tell what comes, or where it goes */
    public ArchiveResource {
        InvalidValueException.when(
                source.filter(Source::isRemote).isPresent() && checksum.isEmpty(),
                "An archive from the network needs a checksum, or nobody knows what comes.",
                "Add checksum 'sha256:…', as sha256sum prints it.");
        InvalidValueException.when(
                strip < 0, "\"strip\" is less than nothing.", "Write how many leading folders are left out.");
        InvalidValueException.when(
                creates.filter(name -> !isInside(name)).isPresent(),
                "\"creates\" leads out of the folder.",
                "Write a path below it, such as 'bin/app'.");
        InvalidValueException.when(
                path.getNameCount() == 0,
                "An archive does not replace the root folder.",
                "Choose a folder of its own.");
        if (contents.isEmpty()) {
            String wanted = checksum.map(Checksum::toString)
                    .or(() -> source.map(Source::toString))
                    .orElse("");
            contents = Optional.of(new Unpacked(wanted, true));
        }
    }

    static boolean isInside(String name) {
        Path path = Path.of(name);
        return !path.isAbsolute() && path.normalize().equals(path) && !path.startsWith("..");
    }

    ArchiveResource holding(Unpacked now, Optional<String> user, Optional<String> members) {
        return new ArchiveResource(path, source, checksum, strip, creates, user, members, backup, Optional.of(now));
    }
}
