package dev.converge.testhost

import java.nio.file.Files
import java.nio.file.Path

/** What a test host has on the machine: a root folder layered over the base, and its control groups. */
final class HostFolder {
    /** Of hybrid control groups the two that systemd uses; else the one hierarchy. */
    private static final List<Path> CONTROL_GROUPS = {
        def hybrid = ['/sys/fs/cgroup/systemd', '/sys/fs/cgroup/unified'].collect { Path.of(it) }.findAll { Files.isDirectory(it) }
        hybrid ?: [Path.of('/sys/fs/cgroup')]
    }()

    private final Claim claim
    private final Path base
    /** Changes of earlier boots, the newest first. */
    private List<Path> frozen = []

    private HostFolder(Claim claim, Path base) {
        this.claim = claim
        this.base = base
    }

    static HostFolder create(Path all, Path base) {
        def mine = new HostFolder(Claim.take(all), base)
        try {
            mine.mount()
            return mine
        } catch (Exception failure) {
            mine.remove()
            throw failure
        }
    }

    /** Takes away the hosts whose processes have ended. */
    static void sweep(Path all) {
        Claim.abandoned(all).each { new HostFolder(it, all).remove() }
    }

    String getName() {
        claim.name
    }

    private Path getFolder() {
        claim.folder
    }

    Path getRoot() {
        folder.resolve('root')
    }

    Path getConsole() {
        folder.resolve('console.log')
    }

    /** The words that start a program in this host's control groups. */
    List<String> inControlGroups(List<String> command) {
        def groups = groups()
        groups.each { Files.createDirectories(it) }
        ['sh', '-c', 'for group in ' + groups.join(' ') + '; do echo $$ >$group/cgroup.procs; done; exec "$@"', 'sh'] + command
    }

    private List<Path> groups() {
        CONTROL_GROUPS.collect { it.resolve(name) }
    }

    void mount() {
        [root, changes, folder.resolve('work')].each { Files.createDirectories(it) }
        def lower = [*frozen, base].join(':')
        Shell.must(['mount', '-t', 'overlay', 'overlay', '-o', "lowerdir=$lower,upperdir=$changes,workdir=${folder.resolve('work')}", root])
        // Mounted here and not by the booted host, they are seen from the machine too.
        Shell.must(['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', "$root/run"])
        Shell.must(['mount', '-t', 'tmpfs', '-o', 'mode=1777', 'tmpfs', "$root/tmp"])
    }

    /** Ends everything that runs in the host, and takes its root folder away. */
    void unmount() {
        def deadline = System.nanoTime() + 10_000_000_000L
        while (processes() && System.nanoTime() < deadline) {
            processes().each { ProcessHandle.of(it).ifPresent { process -> process.destroyForcibly() } }
            Thread.sleep(5)
        }
        if (mounted && !Shell.run(['umount', '-R', root]).ok) {
            Shell.must(['umount', '-R', '-l', root])
        }
        groups().each { removeGroup(it) }
    }

    private boolean isMounted() {
        new File('/proc/self/mounts').readLines().any { it.split(' ')[1] == root as String }
    }

    private List<Long> processes() {
        groups().findAll { Files.isDirectory(it) }.collectMany { Path group ->
            Shell.run(['find', group, '-name', 'cgroup.procs', '-exec', 'cat', '{}', '+']).output.readLines().findAll { it.long }*.toLong()
        }.unique()
    }

    private static void removeGroup(Path group) {
        if (Files.isDirectory(group)) {
            Shell.run(['find', group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', ';'])
        }
    }

    /** Keeps the changes made so far below those to come. */
    void freeze() {
        def kept = folder.resolve("frozen-${frozen.size() + 1}")
        Files.move(changes, kept)
        frozen = [kept, *frozen]
    }

    /** Drops the changes made since the last {@link #freeze}. */
    void drop() {
        Shell.must(['rm', '-rf', changes])
    }

    private Path getChanges() {
        folder.resolve('changes')
    }

    void remove() {
        unmount()
        claim.close()
    }
}
