package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Puts the files of one tree into a folder that only its owner may enter; whoever asks for it sees to it that they reach the disk. */
final class TreeFiles {
    /** As long as a name can be; see limits(7) of most file systems, and as long as paths need to be. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 1000;
    private static final int SHOWN = 100;
    private static final FileAttribute<?> FOLDER = mode("rwxr-xr-x");
    private static final FileAttribute<Set<PosixFilePermission>> PLAIN = mode("rw-r--r--");
    private static final FileAttribute<Set<PosixFilePermission>> PROGRAM = mode("rwxr-xr-x");

    /** What becomes of a submodule, whose folder has been made. */
    interface OnSubmodule {
        void at(String path, ObjectId commit, Path place) throws IOException;
    }

    private final Path into;
    private final Optional<Path> earlier;
    private final OnSubmodule onSubmodule;
    private final Room room;

    TreeFiles(Path into, Optional<Path> earlier, Room room, OnSubmodule onSubmodule) {
        this.room = room;
        this.into = into;
        this.earlier = earlier;
        this.onSubmodule = onSubmodule;
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** @param prefix the path of the tree in the folder, empty or with a slash at its end */
    void write(Repository repository, ObjectId tree, String prefix) throws IOException {
        try (ObjectReader reader = repository.newObjectReader()) {
            write(reader, tree, prefix);
        }
    }

    private void write(ObjectReader reader, ObjectId tree, String prefix) throws IOException {
        try (TreeWalk entries = new TreeWalk(reader)) {
            entries.addTree(tree);
            Set<String> names = new HashSet<>();
            while (entries.next()) {
                String path = prefix + name(entries, prefix);
                if (!names.add(path)) {
                    throw refused(path, "is there twice");
                }
                write(reader, entries, path);
            }
        }
    }

    private void write(ObjectReader reader, TreeWalk entry, String path) throws IOException {
        ObjectId id = entry.getObjectId(0);
        Path place = into.resolve(path);
        FileMode mode = entry.getFileMode(0);
        if (mode.getBits() != entry.getRawMode(0)) {
            throw refused(path, "has a mode that Git no longer writes");
        }
        room.take(isFile(mode) ? reader.getObjectSize(id, Constants.OBJ_BLOB) : 0);
        if (mode == FileMode.TREE) {
            Files.createDirectory(place, FOLDER);
            write(reader, id, path + "/");
        } else if (mode == FileMode.GITLINK) {
            Files.createDirectory(place, FOLDER);
            onSubmodule.at(path, id, place);
        } else if (mode == FileMode.SYMLINK) {
            Files.createSymbolicLink(place, Path.of(target(path, reader.open(id).getBytes())));
        } else {
            boolean program = mode == FileMode.EXECUTABLE_FILE;
            if (!linked(path, id, program, place)) {
                write(reader.open(id, Constants.OBJ_BLOB), id, create(place, program));
            }
        }
    }

    private static boolean isFile(FileMode mode) {
        return mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE;
    }

    private static FileChannel create(Path place, boolean program) throws IOException {
        FileChannel channel = FileChannel.open(
                place, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), program ? PROGRAM : PLAIN);
        // The mask of the process does not count: the mode is part of what the commit says.
        Files.setPosixFilePermissions(place, program ? PROGRAM.value() : PLAIN.value());
        return channel;
    }

    private static String target(String path, byte[] bytes) {
        String target = new String(bytes, StandardCharsets.UTF_8);
        if (target.isEmpty() || target.indexOf(0) >= 0 || !Arrays.equals(Constants.encode(target), bytes)) {
            throw refused(path, "is a link to what cannot be the name of a file");
        }
        return target;
    }

    /** A name that can be one of a file here, and nothing else. */
    private static String name(TreeWalk entries, String prefix) {
        String name = entries.getNameString();
        boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
        boolean readable = Arrays.equals(Constants.encode(name), entries.getRawPath());
        if (!plain || !readable || name.equalsIgnoreCase(Constants.DOT_GIT)) {
            throw refused(prefix + name, "has a name that a site's file cannot have");
        }
        if (entries.getRawPath().length > LONGEST_NAME || prefix.length() + name.length() > LONGEST_PATH) {
            throw refused((prefix + name).substring(0, SHOWN) + "…", "has too long a path");
        }
        return name;
    }

    private static ResourceFailure refused(String path, String why) {
        return new ResourceFailure("The commit's " + path + " " + why + ".", "Rename it or add it anew, and push.");
    }

    /** Whether the earlier export has the very file. */
    private boolean linked(String path, ObjectId id, boolean program, Path place) throws IOException {
        if (earlier.isEmpty()) {
            return false;
        }
        Path before = earlier.get().resolve(path);
        try {
            PosixFileAttributes is = Files.readAttributes(before, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Set<PosixFilePermission> wanted = program ? PROGRAM.value() : PLAIN.value();
            if (!is.isRegularFile()
                    || !is.permissions().equals(wanted)
                    || !TreeCheck.blob(before, is.size()).equals(id)) {
                return false;
            }
            Files.createLink(place, before);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // not there, or has as many names as a file can have
        }
    }

    private static void write(ObjectLoader content, ObjectId id, FileChannel channel) throws IOException {
        MessageDigest digest = TreeCheck.blobDigest(content.getSize());
        try (channel;
                OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
            content.copyTo(out);
            if (!ObjectId.fromRaw(digest.digest()).equals(id)) {
                throw new CorruptObjectException(id, "its content is another one");
            }
        }
    }
}
