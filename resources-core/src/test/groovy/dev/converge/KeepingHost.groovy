package dev.converge

import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.testhost.Shell
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path

/** A host whose backups are copies beside each other, that can be put back as an undo does it. */
final class KeepingHost implements Host, AutoCloseable {
    @Delegate
    private final Host host
    private final Path copies = Files.createTempDirectory('converge-kept')
    private final Map<Path, Optional<Path>> kept = [:]

    KeepingHost(Host host) {
        this.host = host
    }

    @Override
    Backups backups() {
        this.&keep as Backups
    }

    private void keep(Path path) {
        if (kept.containsKey(path)) {
            return
        }
        Path real = host.path(path)
        Optional<Path> copy = Optional.of(copies.resolve(kept.size() as String))
            .filter { Files.exists(real, LinkOption.NOFOLLOW_LINKS) }
        copy.ifPresent { Shell.must(['cp', '-a', real, it]) }
        kept[path] = copy
    }

    /** The first that was kept comes last. */
    void putBack(Closure<Boolean> which) {
        kept.findAll { path, copy -> which(path) }.entrySet().toList().reverse().each { entry ->
            Path real = host.path(entry.key)
            Shell.must(['rm', '-rf', real])
            entry.value.ifPresent { Shell.must(['cp', '-a', it, real]) }
        }
    }

    @Override
    void close() {
        Shell.must(['rm', '-rf', copies])
    }
}
