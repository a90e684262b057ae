package dev.converge.posix;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;

/** The accounts that the C library knows, from a directory service too; see getpwnam(3). */
public final class NameService {
    /** How the C library gives an entry: its return value is an error number, 0 too when there is no entry. */
    interface C extends Library {
        C INSTANCE = Native.load("c", C.class);

        int getpwnam_r(String name, Pointer entry, Pointer buffer, long size, PointerByReference result);

        int getpwuid_r(int uid, Pointer entry, Pointer buffer, long size, PointerByReference result);

        int getgrnam_r(String name, Pointer entry, Pointer buffer, long size, PointerByReference result);

        int getgrgid_r(int gid, Pointer entry, Pointer buffer, long size, PointerByReference result);
    }

    private interface Lookup {
        int into(Pointer entry, Pointer buffer, long size, PointerByReference result);
    }

    private record Entry(String name, int id) {}

    // Larger than struct passwd and struct group, which both begin: name, password, id.
    private static final int ENTRY_SIZE = 256;
    private static final int BUFFER_SIZE = 1 << 20;
    private static final long NAME_OFFSET = 0;
    private static final long ID_OFFSET = 2L * Native.POINTER_SIZE;

    private NameService() {}

    public static Optional<Integer> uid(String name) {
        return find((entry, buffer, size, result) -> C.INSTANCE.getpwnam_r(name, entry, buffer, size, result))
                .map(Entry::id);
    }

    public static Optional<Integer> gid(String name) {
        return find((entry, buffer, size, result) -> C.INSTANCE.getgrnam_r(name, entry, buffer, size, result))
                .map(Entry::id);
    }

    public static Optional<String> userName(int uid) {
        return find((entry, buffer, size, result) -> C.INSTANCE.getpwuid_r(uid, entry, buffer, size, result))
                .map(Entry::name);
    }

    public static Optional<String> groupName(int gid) {
        return find((entry, buffer, size, result) -> C.INSTANCE.getgrgid_r(gid, entry, buffer, size, result))
                .map(Entry::name);
    }

    private static Optional<Entry> find(Lookup lookup) {
        try (Memory entry = new Memory(ENTRY_SIZE);
                Memory buffer = new Memory(BUFFER_SIZE)) {
            PointerByReference result = new PointerByReference();
            int error = lookup.into(entry, buffer, BUFFER_SIZE, result);
            if (error != 0 || result.getValue() == null) {
                return Optional.empty();
            }
            String name = entry.getPointer(NAME_OFFSET).getString(0, "UTF-8");
            return Optional.of(new Entry(name, entry.getInt(ID_OFFSET)));
        }
    }
}
