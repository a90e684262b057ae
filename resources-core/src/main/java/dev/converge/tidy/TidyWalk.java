package dev.converge.tidy;

import dev.converge.provider.DeclaredResources;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Looks for rubbish below a folder. Each folder is opened in the one above it and without following links, so that
 * nobody who can write there makes root remove something elsewhere.
 */
final class TidyWalk {
    /** Each level holds a folder open. */
    private static final int DEEPEST = 100;

    private final TidyResource desired;
    private final DeclaredResources declared;
    private final Criteria criteria;
    private final Sweep sweep;

    TidyWalk(TidyResource desired, DeclaredResources declared, Criteria criteria, Sweep sweep) {
        this.desired = desired;
        this.declared = declared;
        this.criteria = criteria;
        this.sweep = sweep;
    }

    /** @param real the folder, on this machine, without links on the way */
    void below(Path real) throws IOException {
        try (DirectoryStream<Path> root = Files.newDirectoryStream(real.getRoot())) {
            descend((SecureDirectoryStream<Path>) root, real, 0); // Linux has no other
        }
    }

    private void descend(SecureDirectoryStream<Path> folder, Path real, int depth) throws IOException {
        if (depth == real.getNameCount()) {
            walk(folder, Path.of(""), device(folder), 0);
            return;
        }
        try (SecureDirectoryStream<Path> next =
                folder.newDirectoryStream(real.getName(depth), LinkOption.NOFOLLOW_LINKS)) {
            descend(next, real, depth + 1);
        }
    }

    /** @return whether nothing is left in the folder */
    private boolean walk(SecureDirectoryStream<Path> folder, Path relative, String device, int depth)
            throws IOException {
        boolean empty = true;
        for (Path name : names(folder)) {
            empty &= visit(folder, name, relative.resolve(name), device, depth);
        }
        return empty;
    }

    /** @return whether it is gone */
    private boolean visit(SecureDirectoryStream<Path> folder, Path name, Path relative, String device, int depth)
            throws IOException {
        try {
            BasicFileAttributes attributes = folder.getFileAttributeView(
                            name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            Path path = desired.path().resolve(relative);
            if (!attributes.isDirectory()) {
                boolean rubbish = criteria.holdFor(relative, attributes) && !declared.contains(path);
                return rubbish && sweep.file(folder, relative, attributes.size());
            }
            if (!desired.recurse() || depth == DEEPEST || declared.isKeptTree(path)) {
                return false;
            }
            boolean empty = false;
            try (SecureDirectoryStream<Path> below = folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                if (!device(below).equals(device)) {
                    return false;
                }
                empty = walk(below, relative, device, depth + 1);
            }
            boolean goes = empty && desired.directories() && criteria.isOld(attributes);
            return goes && !declared.contains(path) && !declared.hasBelow(path) && sweep.emptyFolder(folder, relative);
        } catch (NoSuchFileException e) {
            return true; // somebody else was faster
        }
    }

    private static List<Path> names(SecureDirectoryStream<Path> folder) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            folder.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }

    /** The file system that a folder is on: the first half of {@code (dev=…,ino=…)}. */
    private static String device(SecureDirectoryStream<Path> folder) throws IOException {
        Object key = folder.getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey();
        return key.toString().split(",")[0];
    }
}
