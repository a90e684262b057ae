package dev.converge.filesystem;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Removes what is at a path, with all below it on the same file system; links are removed, never followed. */
public final class Removal {
    private Removal() {}

    /** @throws dev.converge.provider.ResourceFailure when another file system is mounted there: nothing is removed then */
    public static void of(Path real) throws IOException {
        if (!Stat.of(real).map(Stat::isDirectory).orElse(false)) {
            Files.deleteIfExists(real);
            return;
        }
        MountPoints.requireNoneIn(real);
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
