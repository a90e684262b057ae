package dev.converge.testhost

import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.util.concurrent.atomic.AtomicInteger

/** A folder that belongs to one test run for as long as that lives: locked, so that others see when its run was killed. */
final class Claim implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger()
    private static final String OWN = "converge-${ProcessHandle.current().pid()}-"

    final Path folder
    private final FileChannel lock

    private Claim(Path folder, FileChannel lock) {
        this.folder = folder
        this.lock = lock
    }

    /** A new folder among all of its kind. */
    static Claim take(Path all) {
        inTurn(all) {
            def folder = Files.createDirectories(all.resolve("$OWN${COUNT.incrementAndGet()}"))
            def channel = open(folder)
            channel.lock()
            new Claim(folder, channel)
        }
    }

    /** Those whose run has ended without giving them back. */
    static List<Claim> abandoned(Path all) {
        inTurn(all) {
            // Not this run's own: to close a second channel on a file gives back its lock, see fcntl_locking(2).
            def others = all.toFile().listFiles().findAll { it.directory && !it.name.startsWith(OWN) }
            others.collect { File left ->
                def channel = open(left.toPath())
                if (channel.tryLock() == null) {
                    channel.close()
                    return null
                }
                new Claim(left.toPath(), channel)
            }.findAll()
        }
    }

    /** One run at a time looks at the folders: none is seen half made or half removed. */
    private static synchronized <T> T inTurn(Path all, Closure<T> look) {
        Files.createDirectories(all)
        def turn = FileChannel.open(all.resolve('turn'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        try {
            turn.lock()
            return look()
        } finally {
            turn.close()
        }
    }

    private static FileChannel open(Path folder) {
        FileChannel.open(folder.resolve('lock'), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
    }

    String getName() {
        folder.fileName
    }

    /** Removes the folder. */
    @Override
    void close() {
        inTurn(folder.parent) {
            Shell.must(['rm', '-rf', '--one-file-system', folder])
            lock.close()
        }
    }
}
