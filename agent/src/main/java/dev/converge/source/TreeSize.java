package dev.converge.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How large all files below a folder are, while they come and go. */
final class TreeSize extends SimpleFileVisitor<Path> {
    private long bytes;

    private TreeSize() {}

    static long of(Path folder) throws IOException {
        TreeSize size = new TreeSize();
        Files.walkFileTree(folder, size);
        return size.bytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes about) {
        bytes += about.size();
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException why) {
        return FileVisitResult.CONTINUE;
    }
}
