package dev.converge.filesystem;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Waits until a folder that was just written is on the disk: all at once, since a journal takes thousands of files that
 * several threads ask for nearly as fast as one, and each by itself only as fast as the disk can be waited for.
 */
public final class FolderFlush {
    private static final int AT_ONCE = 4;

    private FolderFlush() {}

    /**
     * Waits for the files and folders in it, and for itself. Files with another name elsewhere, where they were flushed,
     * are left out.
     */
    public static void of(Path folder) throws IOException {
        Queue<Path> waiting = new ConcurrentLinkedQueue<>(written(folder));
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, waiting.size()), work -> {
            Thread thread = new Thread(work, "flush");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Callable<Void> flush = () -> flush(waiting);
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(AT_ONCE, flush))) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + folder + " was written");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits for the names in a folder alone, such as that of what was moved there. */
    public static void ofNames(Path folder) throws IOException {
        flush(folder);
    }

    private static Void flush(Queue<Path> waiting) throws IOException {
        for (Path next = waiting.poll(); next != null; next = waiting.poll()) {
            flush(next);
        }
        return null;
    }

    private static void flush(Path one) throws IOException {
        try (FileChannel channel = FileChannel.open(one, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static List<Path> written(Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
                if (is.isRegularFile() && names(file) == 1) {
                    written.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                written.add(inner);
                return FileVisitResult.CONTINUE;
            }
        });
        return written;
    }

    private static int names(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
    }
}
