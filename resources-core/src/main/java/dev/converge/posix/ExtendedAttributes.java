package dev.converge.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file carries besides its content and mode: ACL, SELinux context and the attributes of users; see xattr(7).
 * File capabilities are left out: they were given to the old content, not to what replaces it.
 */
public final class ExtendedAttributes {
    private static final String ACL = "system.posix_acl_access";
    private static final String SELINUX = "security.selinux";
    private static final String OF_USERS = "user.";

    private ExtendedAttributes() {}

    /** The calls of the C library, which set {@code errno} when they fail. */
    private interface C extends Library {
        C INSTANCE = Native.load("c", C.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

        long llistxattr(String path, byte[] names, long size) throws LastErrorException;

        long lgetxattr(String path, String name, byte[] value, long size) throws LastErrorException;

        int lsetxattr(String path, String name, byte[] value, long size, int flags) throws LastErrorException;

        int lremovexattr(String path, String name) throws LastErrorException;
    }

    /**
     * Gives one file what another has, and takes away the ACL that the other has not. Does nothing on a machine without
     * the C library or on a file system without such attributes.
     */
    public static void copy(Path from, Path to) throws IOException {
        Set<String> kept;
        Set<String> given;
        try {
            kept = names(from);
            given = names(to);
        } catch (LastErrorException | LinkageError e) {
            return;
        }
        try {
            if (given.contains(ACL) && !kept.contains(ACL)) {
                C.INSTANCE.lremovexattr(to.toString(), ACL);
            }
            for (String name : kept) {
                byte[] value = value(from, name);
                if (!given.contains(name) || !Arrays.equals(value, value(to, name))) {
                    C.INSTANCE.lsetxattr(to.toString(), name, value, value.length, 0);
                }
            }
        } catch (LastErrorException e) {
            throw new FileSystemException(
                    from.toString(), null, "its ACL, SELinux context or attributes cannot be kept: " + e.getMessage());
        }
    }

    private static Set<String> names(Path path) {
        byte[] list = new byte[(int) C.INSTANCE.llistxattr(path.toString(), new byte[0], 0)];
        int length = (int) C.INSTANCE.llistxattr(path.toString(), list, list.length);
        Set<String> names = new TreeSet<>();
        for (String name : new String(list, 0, length, StandardCharsets.UTF_8).split("\0")) {
            if (name.equals(ACL) || name.equals(SELINUX) || name.startsWith(OF_USERS)) {
                names.add(name);
            }
        }
        return names;
    }

    private static byte[] value(Path path, String name) {
        byte[] value = new byte[(int) C.INSTANCE.lgetxattr(path.toString(), name, new byte[0], 0)];
        int length = (int) C.INSTANCE.lgetxattr(path.toString(), name, value, value.length);
        return Arrays.copyOf(value, length);
    }
}
