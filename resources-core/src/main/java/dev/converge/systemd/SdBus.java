package dev.converge.systemd;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** The part of libsystemd that speaks D-Bus; see sd-bus(3). What is negative is an error number. */
interface SdBus extends Library {
    /** Bound when first used: a machine without it has no systemd either. */
    static SdBus load() {
        return Native.load("libsystemd.so.0", SdBus.class);
    }

    int sd_bus_new(PointerByReference bus);

    int sd_bus_set_address(Pointer bus, String address);

    /** @param client whether a broker is spoken to */
    int sd_bus_set_bus_client(Pointer bus, int client);

    int sd_bus_start(Pointer bus);

    int sd_bus_get_fd(Pointer bus);

    /** @param signature of the arguments, which follow it; none when it is empty */
    int sd_bus_call_method(
            Pointer bus,
            String destination,
            String path,
            String owner,
            String member,
            Pointer error,
            PointerByReference reply,
            String signature);

    int sd_bus_add_match(Pointer bus, Pointer slot, String match, Pointer callback, Pointer userdata);

    /** Positive when there was something to do; then there may be a message that nobody has taken. */
    int sd_bus_process(Pointer bus, PointerByReference message);

    int sd_bus_wait(Pointer bus, long microseconds);

    int sd_bus_message_is_signal(Pointer message, String owner, String member);

    Pointer sd_bus_message_get_path(Pointer message);

    int sd_bus_message_enter_container(Pointer message, byte type, String contents);

    int sd_bus_message_exit_container(Pointer message);

    int sd_bus_message_skip(Pointer message, String types);

    int sd_bus_message_read_basic(Pointer message, byte type, Pointer value);

    Pointer sd_bus_message_unref(Pointer message);

    Pointer sd_bus_close_unref(Pointer bus);
}
