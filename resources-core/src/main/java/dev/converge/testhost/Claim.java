package dev.converge.testhost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A folder that belongs to one test run for as long as that lives: locked, so that others see when its run was killed. */
public final class Claim implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String OWN = "converge-" + ProcessHandle.current().pid() + "-";

    private final Path folder;
    private final FileChannel lock;

    private Claim(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Something that is done while no other run looks at the folders. */
    private interface Look<T> {
        T done() throws IOException;
    }

    /** A new folder among all of its kind. */
    public static Claim take(Path all) {
        return inTurn(all, () -> {
            Path folder = Files.createDirectories(all.resolve(OWN + COUNT.incrementAndGet()));
            FileChannel channel = open(folder);
            channel.lock();
            return new Claim(folder, channel);
        });
    }

    /** Those whose run has ended without giving them back. */
    public static List<Claim> abandoned(Path all) {
        return inTurn(all, () -> {
            List<Claim> left = new ArrayList<>();
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, Claim::isAnotherRuns)) {
                for (Path folder : folders) {
                    ended(folder).ifPresent(left::add);
                }
            }
            return left;
        });
    }

    /** Not this run's own: to close a second channel on a file gives back its lock, see fcntl_locking(2). */
    private static boolean isAnotherRuns(Path folder) {
        return Files.isDirectory(folder) && !folder.getFileName().toString().startsWith(OWN);
    }

    private static Optional<Claim> ended(Path folder) throws IOException {
        FileChannel channel = open(folder);
        if (channel.tryLock() == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new Claim(folder, channel));
    }

    /** One run at a time looks at the folders: none is seen half made or half removed. */
    private static synchronized <T> T inTurn(Path all, Look<T> look) {
        try {
            Files.createDirectories(all);
            try (FileChannel turn =
                    FileChannel.open(all.resolve("turn"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                turn.lock();
                return look.done();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel open(Path folder) throws IOException {
        return FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    public Path getFolder() {
        return folder;
    }

    public String getName() {
        return folder.getFileName().toString();
    }

    /** Removes the folder. */
    @Override
    public void close() {
        inTurn(folder.getParent(), () -> {
            Shell.must(List.of("rm", "-rf", "--one-file-system", folder));
            lock.close();
            return folder;
        });
    }
}
