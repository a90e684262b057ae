package dev.converge.watch;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Lays trails: goes from the root folder to what is watched, name by name and link by link, and has each folder on the
 * way watched. Where something is missing it ends: the last folder that is there tells when it comes.
 */
final class Pathfinder {
    /** As many links as Linux follows; a circle ends here too. */
    private static final int MOST_LINKS = 40;

    /** What is below moves with nearly every Git command, and with it what is in the folder itself. */
    private static final Path GIT = Path.of(".git");

    private static final Path ROOT = Path.of("/");

    private final Host host;
    private final Folders folders;

    Pathfinder(Host host, Folders folders) {
        this.host = host;
        this.folders = folders;
    }

    /** @throws Folders.TooManyException when not all of it can be watched */
    void lay(Trail trail) throws Folders.TooManyException {
        try {
            Optional<Path> end = walk(trail);
            if (trail.isTree() && end.isPresent()) {
                layTree(trail, host.path(end.get()));
            }
        } catch (Folders.TooManyException e) {
            throw e;
        } catch (IOException e) {
            // It is not there, or no folder, or not to be seen: the last one that is tells when that changes.
        }
    }

    /** Where it leads to; empty where it ends at a link. */
    private Optional<Path> walk(Trail trail) throws IOException {
        Deque<String> left = new ArrayDeque<>();
        trail.path().forEach(name -> left.add(name.toString()));
        Path at = ROOT;
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.remove();
            if (name.equals("..")) {
                at = at.getNameCount() == 0 ? at : at.getParent();
                continue;
            }
            // Watched first and looked at then: what comes in between is told.
            trail.through(folders.at(host.path(at)), name, left.isEmpty());
            Path next = at.resolve(name);
            if (!attributes(host.path(next)).isSymbolicLink()) {
                at = next;
                continue;
            }
            if ((left.isEmpty() && !trail.isFollowed()) || ++links > MOST_LINKS) {
                return Optional.empty();
            }
            Path target = Files.readSymbolicLink(host.path(next));
            at = target.isAbsolute() ? ROOT : at;
            ahead(left, target);
        }
        return Optional.of(at);
    }

    /** What a link leads to comes before what is left. */
    private static void ahead(Deque<String> left, Path target) {
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
            String name = target.getName(i).toString();
            if (!name.isEmpty() && !name.equals(".")) {
                left.push(name);
            }
        }
    }

    /** All folders below one, and it. */
    void layTree(Trail trail, Path real) throws IOException {
        if (!attributes(real).isDirectory()) {
            return;
        }
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                trail.over(folders.at(folder));
                return folder.endsWith(GIT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                // EMFILE or ENFILE, which a JDK tells by strerror(3) alone: the folder is there, and would not be
                // watched.
                if (String.valueOf(why.getMessage()).contains("Too many open files")) {
                    throw new Folders.TooManyException("no more files can be opened");
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static BasicFileAttributes attributes(Path real) throws IOException {
        return Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
