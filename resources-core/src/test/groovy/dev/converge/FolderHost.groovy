package dev.converge

import dev.converge.provider.Backups
import dev.converge.provider.Commands
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap

/** A host whose {@code /} is a folder; it remembers what was kept, and runs no commands unless it is given some. */
final class FolderHost implements Host {
    final Path root
    List<Path> kept = Collections.synchronizedList([])
    private final Commands commands
    private final Map<Class<?>, Object> databases = new ConcurrentHashMap<>()

    FolderHost(Path root, Commands commands = { command -> throw new IOException("no commands here: $command") }) {
        this.root = root
        this.commands = commands
    }

    @Override
    Path root() {
        root
    }

    @Override
    Commands commands() {
        commands
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

    @Override
    void invalidateAll() {
        databases.keySet().removeIf { it != DeclaredResources }
    }
}
