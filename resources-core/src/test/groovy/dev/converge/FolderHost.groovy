package dev.converge

import dev.converge.provider.Backups
import dev.converge.provider.Commands
import dev.converge.provider.Host
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap

/** A host whose {@code /} is a folder; it remembers what was kept and runs no commands. */
final class FolderHost implements Host {
    final Path root
    final List<Path> kept = []
    private final Map<Class<?>, Object> databases = new ConcurrentHashMap<>()

    FolderHost(Path root) {
        this.root = root
    }

    @Override
    Path root() {
        root
    }

    @Override
    Commands commands() {
        { command -> throw new IOException("no commands here: $command") } as Commands
    }

    @Override
    Backups backups() {
        { Path path -> kept << path } as Backups
    }

    @Override
    <T> T database(Class<T> type, Host.DatabaseReader<T> reader) {
        databases.computeIfAbsent(type) { reader.read(this) } as T
    }

    @Override
    void invalidate(Class<?> database) {
        databases.remove(database)
    }
}
