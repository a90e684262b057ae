package dev.converge.testhost

import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.nio.file.StandardOpenOption
import java.security.MessageDigest

/** The Debian that test hosts start from: made from packages once per machine, and only read from then on. */
final class BaseSystem {
    private static final String SUITE = 'bookworm'

    /** What is installed. */
    static final List<String> PACKAGES = [
        'ca-certificates', 'cron', 'dbus', 'kmod', 'libpam-systemd', 'openssh-server', 'procps', 'systemd', 'systemd-sysv', 'tzdata',
    ]

    /** What apt can install without a network, from a repository in {@code /srv/packages}. */
    static final List<String> AT_HAND = [
        'augeas-tools', 'busybox', 'chrony', 'curl', 'dnsmasq', 'docker.io', 'iproute2', 'ipxe', 'libaugeas0', 'mariadb-server', 'nginx-light',
        'sudo', 'unattended-upgrades',
    ] + HostPodman.PACKAGES

    /** Timers that would take apt's lock, and what needs a real machine. */
    private static final List<String> MASKED = [
        'apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer', 'fstrim.timer', 'console-getty.service',
    ]

    /** Run by mmdebstrap at its end, while apt still knows Debian's packages; {@code $1} is the root folder. */
    private static final List<String> HOOKS = [
        "chroot \"\$1\" apt-get -y --no-install-recommends --download-only install ${AT_HAND.join(' ')}" as String,
        'mkdir -p "$1/srv/packages" && mv "$1"/var/cache/apt/archives/*.deb "$1/srv/packages/"',
        'rm -f "$1"/etc/apt/sources.list "$1"/etc/apt/sources.list.d/* && echo "deb [trusted=yes] file:/srv/packages ./" >"$1/etc/apt/sources.list"',
        // Nothing here has to outlive a loss of power.
        'echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/throw-away"',
        // mmdebstrap copies the machine's.
        'rm -f "$1/etc/hostname" "$1/etc/resolv.conf"',
        // With an id of its own it never boots for the first time, which would enable every service.
        'echo 2f0e5c8a4b7d4e6f9a1b3c5d7e9f0a2b >"$1/etc/machine-id"',
        MASKED.collect { "ln -sf /dev/null \"\$1/etc/systemd/system/$it\"" }.join(' && '),
    ]

    private BaseSystem() {}

    /** Its root folder, made by the first who asks; others, in other processes too, wait. */
    static Path in(Path folder) {
        def base = folder.resolve("base-${fingerprint()}")
        if (Files.exists(base)) {
            return base
        }
        Files.createDirectories(folder)
        def lock = FileChannel.open(folder.resolve('base.lock'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        try {
            lock.lock()
            if (!Files.exists(base)) {
                make(base)
            }
        } finally {
            lock.close()
        }
        base
    }

    /** Another list or recipe is another base. */
    private static String fingerprint() {
        def recipe = [SUITE, PACKAGES, AT_HAND, MASKED, HOOKS].toString()
        MessageDigest.getInstance('SHA-256').digest(recipe.getBytes('UTF-8')).encodeHex().toString().take(12)
    }

    private static void make(Path base) {
        def candidate = base.resolveSibling("${base.fileName}.new")
        clear(candidate)
        def hooks = HOOKS.collect { "--customize-hook=$it" }
        Shell.must(['mmdebstrap', '--variant=minbase', "--include=${PACKAGES.join(',')}", *hooks, SUITE, candidate])
        index(candidate)
        Files.move(candidate, base, StandardCopyOption.ATOMIC_MOVE)
    }

    /** What a killed mmdebstrap has left, its mounts of the machine's own /proc, /sys and /dev first: nothing of those may go. */
    private static void clear(Path candidate) {
        def below = Files.readAllLines(Path.of('/proc/self/mounts'))*.split(' ')*.getAt(1).findAll { it.startsWith("$candidate/") }
        below.reverse().each { Shell.must(['umount', it]) }
        Shell.must(['rm', '-rf', '--one-file-system', candidate])
    }

    private static void index(Path root) {
        def packages = root.resolve('srv/packages')
        def stanzas = packages.toFile().listFiles({ it.name.endsWith('.deb') } as FileFilter).sort().collect { File deb ->
            def digest = MessageDigest.getInstance('SHA-256').digest(deb.bytes).encodeHex()
            "${Shell.must(['dpkg-deb', '-f', deb])}Filename: ./$deb.name\nSize: ${deb.length()}\nSHA256: $digest\n"
        }
        Files.writeString(packages.resolve('Packages'), stanzas.join('\n'))
        Shell.must(['chroot', root, 'apt-get', '-q', '-o', 'APT::Sandbox::User=root', 'update'])
    }
}
