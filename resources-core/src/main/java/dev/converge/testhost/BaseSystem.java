package dev.converge.testhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** The Debian that test hosts start from: made from packages once per machine, and only read from then on. */
public final class BaseSystem {
    /** What apt can install without a network, from a repository in {@code /srv/packages}. */
    public static final List<String> AT_HAND = List.of(
            "augeas-tools",
            "busybox",
            "chrony",
            "curl",
            "dnsmasq",
            "docker.io",
            "iproute2",
            "ipxe",
            "libaugeas0",
            "mariadb-server",
            "nginx-light",
            "sudo",
            "unattended-upgrades",
            "aardvark-dns",
            "iptables",
            "netavark",
            "podman",
            "runc");

    private static final String SUITE = "bookworm";

    /** What is installed. */
    private static final List<String> PACKAGES = List.of(
            "ca-certificates",
            "cron",
            "dbus",
            "kmod",
            "libpam-systemd",
            "openssh-server",
            "procps",
            "systemd",
            "systemd-sysv",
            "tzdata");

    /** Timers that would take apt's lock, and what needs a real machine. */
    private static final List<String> MASKED = List.of(
            "apt-daily.timer",
            "apt-daily-upgrade.timer",
            "dpkg-db-backup.timer",
            "e2scrub_all.timer",
            "fstrim.timer",
            "console-getty.service");

    private final List<String> atHand;

    private BaseSystem(List<String> atHand) {
        this.atHand = atHand;
    }

    /** Its root folder, made by the first who asks; others, in other processes too, wait. */
    public static Path in(Path folder) {
        return in(folder, List.of());
    }

    /** The same with more packages at hand; each list of them is a system of its own, of some 250 MiB. */
    static Path in(Path folder, Collection<String> more) {
        TreeSet<String> missing = new TreeSet<>(more);
        AT_HAND.forEach(missing::remove);
        return new BaseSystem(joined(AT_HAND, missing)).madeIn(folder);
    }

    private static List<String> joined(List<String> some, Collection<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    private Path madeIn(Path folder) {
        Path base = folder.resolve("base-" + fingerprint());
        if (Files.exists(base)) {
            return base;
        }
        try {
            Files.createDirectories(folder);
            try (FileChannel lock = FileChannel.open(
                    folder.resolve("base.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (!Files.exists(base)) {
                    make(base);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base;
    }

    /** Run by mmdebstrap at its end, while apt still knows Debian's packages; {@code $1} is the root folder. */
    private List<String> hooks() {
        return List.of(
                "chroot \"$1\" apt-get -y --no-install-recommends --download-only install " + String.join(" ", atHand),
                "mkdir -p \"$1/srv/packages\" && mv \"$1\"/var/cache/apt/archives/*.deb \"$1/srv/packages/\"",
                "rm -f \"$1\"/etc/apt/sources.list \"$1\"/etc/apt/sources.list.d/*"
                        + " && echo \"deb [trusted=yes] file:/srv/packages ./\" >\"$1/etc/apt/sources.list\"",
                // Nothing here has to outlive a loss of power.
                "echo force-unsafe-io >\"$1/etc/dpkg/dpkg.cfg.d/throw-away\"",
                // mmdebstrap copies the machine's.
                "rm -f \"$1/etc/hostname\" \"$1/etc/resolv.conf\"",
                // With an id of its own it never boots for the first time, which would enable every service.
                "echo 2f0e5c8a4b7d4e6f9a1b3c5d7e9f0a2b >\"$1/etc/machine-id\"",
                String.join(
                        " && ",
                        MASKED.stream()
                                .map(unit -> "ln -sf /dev/null \"$1/etc/systemd/system/" + unit + "\"")
                                .toList()));
    }

    /** Another list or recipe is another base. */
    private String fingerprint() {
        List<Object> recipe = List.of(SUITE, PACKAGES, atHand, MASKED, hooks());
        return sha256(recipe.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    private void make(Path base) throws IOException {
        Path candidate = base.resolveSibling(base.getFileName() + ".new");
        clear(candidate);
        List<Object> command = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase"));
        command.add("--include=" + String.join(",", PACKAGES));
        hooks().forEach(hook -> command.add("--customize-hook=" + hook));
        command.add(SUITE);
        command.add(candidate);
        Shell.must(command);
        index(candidate);
        Files.move(candidate, base, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * What a killed mmdebstrap has left, its mounts of the machine's own /proc, /sys and /dev first: nothing of those may
     * go.
     */
    private static void clear(Path candidate) throws IOException {
        List<String> below = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String point = line.split(" ")[1];
            if (point.startsWith(candidate + "/")) {
                below.add(0, point);
            }
        }
        below.forEach(point -> Shell.must(List.of("umount", point)));
        Shell.must(List.of("rm", "-rf", "--one-file-system", candidate));
    }

    private static void index(Path root) throws IOException {
        Path packages = root.resolve("srv/packages");
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(packages, "*.deb")) {
            all.forEach(files::add);
        }
        files.sort(null);
        List<String> stanzas = new ArrayList<>();
        for (Path deb : files) {
            stanzas.add(Shell.must(List.of("dpkg-deb", "-f", deb)) + "Filename: ./" + deb.getFileName() + "\nSize: "
                    + Files.size(deb) + "\nSHA256: " + sha256(Files.readAllBytes(deb)) + "\n");
        }
        Files.writeString(packages.resolve("Packages"), String.join("\n", stanzas));
        Shell.must(List.of("chroot", root, "apt-get", "-q", "-o", "APT::Sandbox::User=root", "update"));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
