package dev.converge.systemd;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A message that has come, read from its beginning to its end; see sd_bus_message_read_basic(3). */
final class Message {
    private static final byte STRING = (byte) 's';

    private final SdBus lib;
    private final Pointer message;

    Message(SdBus lib, Pointer message) {
        this.lib = lib;
        this.message = message;
    }

    boolean isSignal(String owner, String member) {
        return lib.sd_bus_message_is_signal(message, owner, member) > 0;
    }

    /** Which object it is about; empty when it says none. */
    String path() {
        Pointer path = lib.sd_bus_message_get_path(message);
        return path == null ? "" : path.getString(0, "UTF-8");
    }

    /** The next argument, which is a string; empty when it is none, or there is no more. */
    Optional<String> string() {
        try (Memory value = new Memory(Native.POINTER_SIZE)) {
            return lib.sd_bus_message_read_basic(message, STRING, value) > 0
                    ? Optional.of(value.getPointer(0).getString(0, "UTF-8"))
                    : Optional.empty();
        }
    }

    /** Leaves out arguments of these types. */
    void skip(String types) {
        lib.sd_bus_message_skip(message, types);
    }

    /** Those of the properties that come next whose names are wanted, and whose values are strings. */
    Map<String, String> properties(Set<String> wanted) {
        Map<String, String> found = new TreeMap<>();
        if (lib.sd_bus_message_enter_container(message, (byte) 'a', "{sv}") <= 0) {
            return found;
        }
        while (lib.sd_bus_message_enter_container(message, (byte) 'e', "sv") > 0) {
            String name = string().orElse("");
            if (wanted.contains(name) && lib.sd_bus_message_enter_container(message, (byte) 'v', "s") > 0) {
                found.put(name, string().orElse(""));
                lib.sd_bus_message_exit_container(message);
            } else {
                skip("v");
            }
            lib.sd_bus_message_exit_container(message);
        }
        return found;
    }

    void free() {
        lib.sd_bus_message_unref(message);
    }
}
