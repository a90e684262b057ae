package dev.converge.systemd;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A conversation with systemd in which it tells what moves: which unit starts, stops, fails or is reloaded, and when the
 * files of units are enabled, masked or read again. One thread listens; any may close it.
 *
 * <p>That a unit is merely loaded or forgotten again ({@code UnitNew}, {@code UnitRemoved}) is not told: systemd does
 * that for everyone who looks at one that does not run, and so for each look that a signal leads to.
 *
 * @see <a href="https://www.freedesktop.org/wiki/Software/systemd/dbus/">The D-Bus API of systemd</a>
 */
public final class UnitSignals implements AutoCloseable {
    /** systemd's own socket, which is root's, needs no broker and tells everything. */
    private static final Path PRIVATE = Path.of("/run/systemd/private");

    private static final Path SYSTEM_BUS = Path.of("/run/dbus/system_bus_socket");
    private static final String MANAGER = "org.freedesktop.systemd1.Manager";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final String UNIT = "org.freedesktop.systemd1.Unit";
    private static final Set<String> STATE = Set.of("LoadState", "ActiveState", "SubState", "UnitFileState");
    private static final String UNITS = "/org/freedesktop/systemd1/unit/";
    private static final int BOTH_WAYS = 2;

    private final SdBus lib;
    private final Pointer bus;

    /** What each unit was when it was heard of last. */
    private final Map<String, Map<String, String>> states = new HashMap<>();

    private boolean open = true;

    private UnitSignals(SdBus lib, Pointer bus) {
        this.lib = lib;
        this.bus = bus;
    }

    /** shutdown(2): what waits for a socket wakes up. */
    private interface C extends Library {
        C INSTANCE = Native.load("c", C.class);

        int shutdown(int socket, int how);
    }

    /** Hears what moves. */
    public interface Listener {
        /** A unit, such as {@code nginx.service}. */
        void moved(String unit);

        /** Any unit may have. */
        void allMoved();
    }

    /**
     * Speaks to the systemd of a host; what moves from now on is told.
     *
     * @param root the folder that is the host's {@code /}
     * @throws IOException when there is none, or it does not answer
     */
    public static UnitSignals connect(Path root) throws IOException {
        try {
            SdBus lib = SdBus.load();
            Path own = on(root, PRIVATE);
            if (Files.isWritable(own)) {
                try {
                    return connect(lib, own, true);
                } catch (IOException e) {
                    // It speaks to those alone whom it sees among its own processes; the bus is not so particular.
                }
            }
            return connect(lib, on(root, SYSTEM_BUS), false);
        } catch (UnsatisfiedLinkError e) {
            throw new IOException("there is no libsystemd.so.0", e);
        }
    }

    private static Path on(Path root, Path path) {
        return root.resolve(path.toString().substring(1));
    }

    private static UnitSignals connect(SdBus lib, Path socket, boolean direct) throws IOException {
        if (!Files.exists(socket)) {
            throw new IOException("no systemd listens at " + socket);
        }
        PointerByReference made = new PointerByReference();
        require(lib.sd_bus_new(made), "make a connection");
        UnitSignals signals = new UnitSignals(lib, made.getValue());
        try {
            signals.start(socket, direct);
            return signals;
        } catch (IOException e) {
            signals.free();
            throw e;
        }
    }

    private void start(Path socket, boolean direct) throws IOException {
        // Whatever is not plain in an address is escaped: D-Bus Specification, "Server Addresses".
        require(lib.sd_bus_set_address(bus, "unix:path=" + escaped(socket.toString())), "use " + socket);
        require(lib.sd_bus_set_bus_client(bus, direct ? 0 : 1), "use " + socket);
        require(lib.sd_bus_start(bus), "connect to " + socket);
        if (!direct) {
            String match = "type='signal',sender='org.freedesktop.systemd1',path_namespace='/org/freedesktop/systemd1'";
            require(lib.sd_bus_add_match(bus, null, match, null, null), "listen");
        }
        // It is answered when the connection stands; systemd keeps quiet for those who have not asked.
        int asked = lib.sd_bus_call_method(
                bus, "org.freedesktop.systemd1", "/org/freedesktop/systemd1", MANAGER, "Subscribe", null, null, "");
        require(asked, "subscribe");
    }

    private static String escaped(String path) {
        StringBuilder out = new StringBuilder();
        for (byte one : path.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (one & 0xff);
            boolean plain = letter < 128 && (Character.isLetterOrDigit(letter) || "-_/.*".indexOf(letter) >= 0);
            out.append(plain ? String.valueOf(letter) : String.format("%%%02x", (int) letter));
        }
        return out.toString();
    }

    private static void require(int result, String what) throws IOException {
        if (result < 0) {
            throw new IOException("systemd: cannot " + what + ": error " + -result);
        }
    }

    /**
     * Hears what has come, or waits for it no longer than that; one thread calls this again and again.
     *
     * @throws IOException when the conversation has ended, as it does when systemd starts itself anew
     */
    public void listen(Duration atMost, Listener listener) throws IOException {
        PointerByReference message = new PointerByReference();
        try {
            int done = lib.sd_bus_process(bus, message);
            while (done > 0) {
                if (message.getValue() != null) {
                    take(new Message(lib, message.getValue()), listener);
                    message.setValue(null);
                }
                done = lib.sd_bus_process(bus, message);
            }
            require(done, "listen");
            require(lib.sd_bus_wait(bus, atMost.toNanos() / 1000), "wait");
        } catch (IOException e) {
            free();
            throw e;
        }
    }

    private void take(Message message, Listener listener) {
        try {
            hear(message, listener);
        } finally {
            message.free();
        }
    }

    private void hear(Message message, Listener listener) {
        if (message.isSignal(PROPERTIES, "PropertiesChanged")) {
            changed(message, listener);
        } else if (message.isSignal(MANAGER, "JobRemoved")) {
            message.skip("uo"); // its number and its path
            message.string().ifPresent(listener::moved);
        } else if (message.isSignal(MANAGER, "UnitFilesChanged") || message.isSignal(MANAGER, "Reloading")) {
            listener.allMoved();
        }
    }

    /**
     * systemd tells all properties of a unit when one has moved, also that another unit refers to it, which is loaded
     * because somebody looks at it.
     */
    private void changed(Message message, Listener listener) {
        String path = message.path();
        if (!path.startsWith(UNITS) || !message.string().equals(Optional.of(UNIT))) {
            return;
        }
        String unit = unescaped(path.substring(UNITS.length()));
        Map<String, String> state = message.properties(STATE);
        if (!state.equals(states.put(unit, state))) {
            listener.moved(unit);
        }
    }

    /** What is no letter and no digit is {@code _} and two hexadecimal digits: see sd_bus_path_encode(3). */
    static String unescaped(String label) {
        byte[] out = new byte[label.length()];
        int count = 0;
        for (int i = 0; i < label.length(); i++) {
            if (label.charAt(i) == '_' && i + 2 < label.length()) {
                out[count++] = (byte) Integer.parseInt(label, i + 1, i + 3, 16);
                i += 2;
            } else {
                out[count++] = (byte) label.charAt(i);
            }
        }
        return new String(out, 0, count, StandardCharsets.UTF_8);
    }

    private synchronized void free() {
        if (open) {
            open = false;
            lib.sd_bus_close_unref(bus);
        }
    }

    /** Ends the conversation; whoever listens hears of it. */
    @Override
    public synchronized void close() {
        if (open) {
            C.INSTANCE.shutdown(lib.sd_bus_get_fd(bus), BOTH_WAYS);
        }
    }
}
