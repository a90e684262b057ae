package dev.converge.disk;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Id;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file system on a device, or in a file. It is made once, where nothing at all is found on the device: what holds a file
 * system, a partition table or anything else that blkid(8) or wipefs(8) knows is never formatted. Another type or label
 * there than the declared one is a failure that says so, and nothing is changed. A {@code mount} of the same device comes
 * after it by itself.
 *
 * @param device where it is: a block device such as {@code /dev/vdb}, or a file, which must exist or be declared
 * @param type which one: {@code ext2}, {@code ext3}, {@code ext4}, {@code xfs}, {@code btrfs} or {@code vfat}; its mkfs
 *     must be there
 * @param label its name, by which {@code LABEL=} finds it; when left out, a new one has none and another is let alone
 */
@ResourceType(
        name = "filesystem",
        provider = FilesystemProvider.class,
        creation = "formatted",
        absentable = false,
        after = {"pkg[e2fsprogs]", "pkg[xfsprogs]", "pkg[btrfs-progs]", "pkg[dosfstools]"},
        example = """
                filesystem('/dev/vdb') {
                    type 'ext4'
                    label 'data'
                }
                """)
public record FilesystemResource(@Id @AutoRequire("file") Path device, FilesystemKind type, Optional<String> label)
        implements Resource {
    /** Of ext2 and its kin; those of the others are shorter, and their mkfs says so. */
    private static final int LONGEST_LABEL = 16;

    /** @throws InvalidValueException when no file system can have such a label */
    public FilesystemResource {
        InvalidValueException.when(
                label.filter(text -> text.isEmpty()
                                || text.length() > LONGEST_LABEL
                                || text.startsWith("-")
                                || text.chars().anyMatch(c -> c <= ' '))
                        .isPresent(),
                "The label is empty, longer than 16 letters, or has a space in it.",
                "Write a short name, such as 'data'.");
    }
}
