package dev.converge.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/** Whether a folder has the files of a commit, no others, and each with its content: reckoned as Git does, from the files. */
public final class TreeCheck {
    /** Where Converge puts modules that a site gets from elsewhere; they have a lock of their own. */
    private static final String INSTALLED = ".converge";

    private static final int BUFFER = 1 << 16;

    private final Map<String, SiteTree.Submodule> submodules;
    private final boolean withInstalled;

    private TreeCheck(Map<String, SiteTree.Submodule> submodules, boolean withInstalled) {
        this.submodules = submodules;
        this.withInstalled = withInstalled;
    }

    /** Modules that were installed into it do not count. */
    public static boolean isWhole(Path folder, SiteTree tree) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        ObjectId wanted = ObjectId.fromString(tree.id());
        boolean installed = Files.exists(folder.resolve(INSTALLED), LinkOption.NOFOLLOW_LINKS);
        return new TreeCheck(tree.submodules(), true).idOf(folder, "").equals(wanted)
                || (installed
                        && new TreeCheck(tree.submodules(), false)
                                .idOf(folder, "")
                                .equals(wanted));
    }

    private ObjectId idOf(Path folder, String prefix) throws IOException {
        TreeFormatter tree = new TreeFormatter();
        for (Map.Entry<String, Path> entry : sorted(folder, prefix).entrySet()) {
            Path path = entry.getValue();
            String name = path.getFileName().toString();
            SiteTree.Submodule submodule = submodules.get(prefix + name);
            PosixFileAttributes is = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (submodule != null) {
                tree.append(name, FileMode.GITLINK, commitAt(path, prefix + name, submodule));
            } else if (is.isDirectory()) {
                tree.append(name, FileMode.TREE, idOf(path, prefix + name + "/"));
            } else {
                tree.append(name, mode(is), blob(path, is));
            }
        }
        return tree.computeId(new ObjectInserter.Formatter());
    }

    /** In the order of Git, for which a folder's name ends with a slash. */
    private Map<String, Path> sorted(Path folder, String prefix) throws IOException {
        Map<String, Path> sorted = new TreeMap<>(TreeCheck::byBytes);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = path.getFileName().toString();
                if (prefix.isEmpty() && !withInstalled && name.equals(INSTALLED)) {
                    continue;
                }
                boolean plainFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
                sorted.put(plainFolder ? name + "/" : name, path);
            }
        }
        return sorted;
    }

    private static int byBytes(String one, String other) {
        return java.util.Arrays.compareUnsigned(Constants.encode(one), Constants.encode(other));
    }

    private ObjectId commitAt(Path path, String name, SiteTree.Submodule submodule) throws IOException {
        boolean whole = submodule.tree().isEmpty()
                ? isEmptyFolder(path)
                : idOf(path, name + "/").name().equals(submodule.tree());
        return whole ? ObjectId.fromString(submodule.commit()) : ObjectId.zeroId();
    }

    private static boolean isEmptyFolder(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(path)) {
            return !all.iterator().hasNext();
        }
    }

    private static FileMode mode(PosixFileAttributes is) {
        if (is.isSymbolicLink()) {
            return FileMode.SYMLINK;
        }
        return is.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                ? FileMode.EXECUTABLE_FILE
                : FileMode.REGULAR_FILE;
    }

    private static ObjectId blob(Path path, PosixFileAttributes is) throws IOException {
        if (is.isSymbolicLink()) {
            byte[] target = Constants.encode(Files.readSymbolicLink(path).toString());
            return ObjectId.fromRaw(blobDigest(target.length).digest(target));
        }
        return is.isRegularFile() ? blob(path, is.size()) : ObjectId.zeroId();
    }

    /** What Git calls the content of a regular file. */
    static ObjectId blob(Path path, long size) throws IOException {
        MessageDigest digest = blobDigest(size);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return ObjectId.fromRaw(digest.digest());
    }

    /** With what Git puts before the content. */
    static MessageDigest blobDigest(long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
