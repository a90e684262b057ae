package dev.converge.host;

import dev.converge.provider.Backups;
import dev.converge.provider.Commands;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The machine that Converge runs on, or a root folder on it. */
public final class LocalHost implements Host {
    private final Path root;
    private final Commands commands;
    private final Backups backups;
    private final ConcurrentMap<Class<?>, FutureTask<?>> databases = new ConcurrentHashMap<>();

    /** @param root the folder that is the host's {@code /} */
    public LocalHost(Path root, Commands commands, Backups backups) {
        this.root = root;
        this.commands = commands;
        this.backups = backups;
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public Backups backups() {
        return backups;
    }

    @Override
    public <T> T database(Class<T> type, DatabaseReader<T> reader) throws IOException, InterruptedException {
        FutureTask<T> mine = new FutureTask<>(() -> reader.read(this));
        FutureTask<?> first = databases.putIfAbsent(type, mine);
        if (first == null) {
            mine.run();
        }
        FutureTask<?> reading = first == null ? mine : first;
        try {
            return type.cast(reading.get());
        } catch (ExecutionException e) {
            databases.remove(type, reading);
            if (reading != mine && isInterrupt(e.getCause())) {
                return database(type, reader);
            }
            throw failure(e.getCause());
        }
    }

    /** Whether it says no more than that the one who was reading had to stop. */
    private static boolean isInterrupt(Throwable cause) {
        Throwable inner = cause instanceof UncheckedIOException wrapped ? wrapped.getCause() : cause;
        return inner instanceof InterruptedException || inner instanceof ClosedByInterruptException;
    }

    /** The failure as the reader threw it, thrown or returned by its kind. */
    private static IOException failure(Throwable cause) throws InterruptedException {
        if (cause instanceof IOException io) {
            return io;
        }
        if (cause instanceof InterruptedException interrupt) {
            throw interrupt;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException("cannot read a database of the host", cause);
    }

    @Override
    public void invalidate(Class<?> database) {
        databases.remove(database);
    }

    @Override
    public void invalidateAll() {
        databases.keySet().removeIf(database -> database != DeclaredResources.class);
    }
}
