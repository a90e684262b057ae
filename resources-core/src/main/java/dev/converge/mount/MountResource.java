package dev.converge.mount;

import dev.converge.model.InvalidValueException;
import dev.converge.model.KeepsTree;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A file system at its mount point: mounted now, and at each boot by its line in {@code /etc/fstab}. Changed options
 * remount it; another device unmounts it first, which fails, naming the processes, while something uses it. Only its own
 * line of {@code /etc/fstab} is changed, and only after the mount has succeeded. A missing mount point is made; its owner
 * and mode are those of the mounted file system, so a {@code directory} of the same path should require the mount.
 * Removing it unmounts it and takes its line away; the folder and what is stored on the device stay. In a root folder,
 * which is not running, only the line counts. Swap areas have no mount point and are not for this type.
 *
 * @param path the mount point
 * @param device what is mounted: {@code /dev/…}, {@code UUID=…}, {@code LABEL=…}, {@code PARTUUID=…},
 *     {@code PARTLABEL=…}, {@code server:/export}, {@code //server/share}, a folder with the option {@code bind}, a file
 *     with the option {@code loop}, or a name such as {@code tmpfs}
 * @param fsType type of the file system; {@code auto} lets mount(8) find out
 * @param options as for mount(8). Of the running mount are compared: ro, nosuid, nodev, noexec and what they negate,
 *     noatime and its like, sync, and a tmpfs' size; a change of the others remounts when the line in
 *     {@code /etc/fstab} changes
 * @param dump whether dump(8) backs it up
 * @param pass when fsck(8) checks it at boot: 1 the root file system, 2 others, 0 never
 * @param mounted whether it is mounted now; when left out it is, unless the options have {@code noauto} or
 *     {@code x-systemd.automount}: then that is not managed
 * @param persist whether it has a line in {@code /etc/fstab}; when false that file is not looked at
 * @param timeout how long mounting or unmounting may take, for servers that do not answer
 * @param live what is mounted there: follows from the attributes above
 * @param atBoot its line in {@code /etc/fstab}: follows from the attributes above
 */
@ResourceType(
        name = "mount",
        provider = MountProvider.class,
        creation = "mounted",
        after = {"pkg[nfs-common]", "pkg[cifs-utils]"},
        example = """
                mount('/srv/data') {
                    device 'LABEL=data'
                    fsType 'ext4'
                    options 'noatime', 'nodev'
                    pass 2
                }
                """)
public record MountResource(
        @Id
        @AutoRequire(
                value = {"mount", "directory", "link"},
                ancestors = true)
        Path path,

        @Parameter @AutoRequire({"file", "directory", "filesystem"})
        String device,

        @Parameter @Default("auto") String fsType,
        @Parameter List<String> options,
        @Parameter @Default("0") int dump,
        @Parameter @Default("0") int pass,
        @Parameter Optional<Boolean> mounted,
        @Parameter @Default("true") boolean persist,
        @Parameter @Default("1m") Duration timeout,
        @Derived Optional<Live> live,
        @Derived Optional<FstabLine> atBoot)
        implements Resource, KeepsTree, KeptInFiles {
    /** As the default of {@code timeout} says. */
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** @throws InvalidValueException for what mount(8) or fstab(5) could not take */
    public MountResource {
        options = options.stream()
                .flatMap(option -> Arrays.stream(option.split(",")))
                .filter(option -> !option.isBlank())
                .map(String::strip)
                .toList();
        InvalidValueException.when(
                device.startsWith("-") || fsType.startsWith("-"),
                "The device or the type begins with a dash.",
                "Write what fstab(5) takes.");
        InvalidValueException.when(
                fsType.equals("swap"),
                "Swap areas are not mounted.",
                "Declare an exec with swapon, and its line of /etc/fstab with line.");
        InvalidValueException.when(
                options.stream().anyMatch(option -> option.matches("[^=]*\\s.*")),
                "An option has a space in its name.",
                "Give each as a text of its own: options 'rw', 'noatime'.");
        InvalidValueException.when(
                options.stream().anyMatch(option -> option.matches("pass(word)?=.*")),
                "A password among the options would be readable by everybody, in /etc/fstab and in the list of mounts.",
                "Write the option credentials=FILE, and declare the file with mode '0600'.");
        InvalidValueException.when(
                (options.contains("bind") || options.contains("rbind")) && !device.isEmpty() && !device.startsWith("/"),
                "The device of a bind mount is a folder or a file.",
                "Write its absolute path.");
        InvalidValueException.when(
                dump < 0 || pass < 0 || pass > 9, "\"dump\" and \"pass\" are small numbers.", "See fstab(5).");
        InvalidValueException.when(
                !persist && !mounted.orElse(true),
                "It is neither to be mounted nor in /etc/fstab.",
                "Write ensure 'absent'.");
        live = live.or(() -> Optional.of(Live.WANTED));
        if (persist && atBoot.isEmpty()) {
            atBoot = Optional.of(FstabLine.wanted(path, device, fsType, options, dump, pass));
        }
    }

    /** Whether it shall be mounted; empty when either is fine. */
    Optional<Boolean> wantsMounted() {
        boolean later = options.contains("noauto") || options.contains("x-systemd.automount");
        return mounted.isPresent() || later ? mounted : Optional.of(true);
    }

    @Override
    public List<Path> files() {
        return persist ? List.of(Fstab.FILE) : List.of();
    }

    boolean isBind() {
        return options.contains("bind") || options.contains("rbind");
    }
}
