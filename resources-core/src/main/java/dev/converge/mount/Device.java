package dev.converge.mount;

import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Finds out what the {@code device} of a mount means on a host, and whether that is what is mounted. */
final class Device {
    /** Where udev keeps a link for each; see fstab(5). */
    private static final Map<String, String> TAGS = Map.of(
            "LABEL", "by-label",
            "UUID", "by-uuid",
            "PARTLABEL", "by-partlabel",
            "PARTUUID", "by-partuuid",
            "ID", "by-id");

    private static final Duration SOON = Duration.ofSeconds(20);

    private final MountResource mount;
    private final Host host;

    Device(MountResource mount, Host host) {
        this.mount = mount;
        this.host = host;
    }

    /** Whether it is a path of this host, of a block device, a file or a folder. */
    boolean isPath() {
        return mount.device().startsWith("/") && !mount.device().startsWith("//");
    }

    boolean isTag() {
        int equals = mount.device().indexOf('=');
        return equals > 0 && TAGS.containsKey(mount.device().substring(0, equals));
    }

    /** Whether it is on another machine, so that looking at what is mounted may hang. */
    boolean isRemote() {
        return !isPath()
                && !isTag()
                && (mount.device().contains(":") || mount.device().startsWith("//"));
    }

    /** Whether it is there to be mounted, as far as that shows before. */
    boolean exists() throws IOException, InterruptedException {
        if (isTag()) {
            return block().isPresent();
        }
        return !isPath() || Files.exists(host.path(Path.of(mount.device())));
    }

    boolean isWhatIs(Mounted live, MountTable table) throws IOException, InterruptedException {
        if (!mount.isBind() && !typeFits(live.type())) {
            return false;
        }
        if (mount.isBind()) {
            return isBoundTo(live, table);
        }
        if (isRemote()) {
            return stripSlash(live.source()).equals(stripSlash(mount.device()));
        }
        if (isPath() || isTag()) {
            Optional<Path> wanted = isTag() ? block() : Optional.of(real(Path.of(mount.device())));
            return wanted.isPresent()
                    && (wanted.get().equals(real(Path.of(live.source()))) || isLoopOf(wanted.get(), live.source()));
        }
        return true; // a name such as tmpfs says nothing that its type does not say
    }

    /** Helpers of mount(8) may show another type: nfs as nfs4, and what runs in user space as fuse. */
    private boolean typeFits(String live) {
        String wanted = mount.fsType();
        return wanted.equals("auto")
                || wanted.equals(live)
                || (wanted.equals("nfs") && live.equals("nfs4"))
                || live.startsWith("fuse");
    }

    private boolean isBoundTo(Mounted live, MountTable table) throws IOException {
        Path source = real(Path.of(mount.device()));
        return table.holding(source)
                .filter(holder -> holder.device().equals(live.device()))
                .map(holder ->
                        holder.root().resolve(holder.path().relativize(source).toString()))
                .filter(folder -> folder.normalize().equals(live.root().normalize()))
                .isPresent();
    }

    private boolean isLoopOf(Path file, String source) throws IOException {
        Path backing =
                Path.of("/sys/block").resolve(Path.of(source).getFileName()).resolve("loop/backing_file");
        Path real = host.path(backing);
        return source.startsWith("/dev/loop")
                && Files.exists(real)
                && Files.readString(real).strip().equals(file.toString());
    }

    /** The block device of a tag: by udev's link, and where udev does not run by asking the devices. */
    private Optional<Path> block() throws IOException, InterruptedException {
        int equals = mount.device().indexOf('=');
        String value = mount.device().substring(equals + 1).replaceAll("^\"|\"$", "");
        Path link = Path.of("/dev/disk", TAGS.get(mount.device().substring(0, equals)))
                .resolve(value.replace("\\", "\\x5c").replace(" ", "\\x20").replace("/", "\\x2f"));
        if (Files.exists(host.path(link))) {
            return Optional.of(real(link));
        }
        CommandResult found = host.commands()
                .run(Command.of("findfs", mount.device().replace("\"", "")).timeout(SOON));
        return found.succeeded() ? Optional.of(Path.of(found.output().strip())) : Optional.empty();
    }

    private Path real(Path path) throws IOException {
        if (!path.isAbsolute() || !Files.exists(host.path(path))) {
            return path;
        }
        Path here = host.path(path);
        Path real = here.toRealPath();
        Path root = host.root();
        return root.getNameCount() == 0 || !real.startsWith(root)
                ? real
                : Path.of("/").resolve(root.relativize(real));
    }

    private static String stripSlash(String text) {
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
