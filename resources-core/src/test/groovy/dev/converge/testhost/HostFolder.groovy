package dev.converge.testhost

import java.nio.channels.FileChannel
import java.nio.channels.FileLock
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.util.concurrent.atomic.AtomicInteger

/**
 * What a test host has on the machine: a root folder layered over the base, and its control groups. Locked while its
 * process lives, so that whoever comes next takes away what a killed one left.
 */
final class HostFolder {
    private static final AtomicInteger COUNT = new AtomicInteger()
    /** Of hybrid control groups the two that systemd uses; else the one hierarchy. */
    private static final List<Path> CONTROL_GROUPS = {
        def hybrid = ['/sys/fs/cgroup/systemd', '/sys/fs/cgroup/unified'].collect { Path.of(it) }.findAll { Files.isDirectory(it) }
        hybrid ?: [Path.of('/sys/fs/cgroup')]
    }()

    final String name
    final Path folder
    private final Path base
    private final FileChannel lock
    /** Changes of earlier boots, the newest first. */
    private List<Path> frozen = []

    private HostFolder(Path base, String name, Path folder, FileChannel lock) {
        this.base = base
        this.name = name
        this.folder = folder
        this.lock = lock
    }

    static HostFolder create(Path all, Path base) {
        def process = ProcessHandle.current().pid()
        def name = "converge-$process-${COUNT.incrementAndGet()}" as String
        def folder = Files.createDirectories(all.resolve('hosts').resolve(name))
        def lock = FileChannel.open(folder.resolve('lock'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        lock.lock()
        def mine = new HostFolder(base, name, folder, lock)
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
        def own = "converge-${ProcessHandle.current().pid()}-"
        (all.resolve('hosts').toFile().listFiles() ?: [] as File[]).findAll { !it.name.startsWith(own) }.each { File left ->
            def channel = FileChannel.open(left.toPath().resolve('lock'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
            FileLock lock = channel.tryLock()
            lock == null ? channel.close() : new HostFolder(all, left.name, left.toPath(), channel).remove()
        }
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
        Shell.must(['rm', '-rf', '--one-file-system', folder])
        lock.close()
    }
}
