package dev.converge.systemd;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Calls of libsystemd; its class fails to load where there is none, which {@link #isThere} finds out first. */
final class Libsystemd {
    private Libsystemd() {}

    /** Whether this machine has it. */
    static boolean isThere() {
        try {
            return Calls.LOADED;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** sd_notify(3): greater than 0 when whoever supervises this process was told. */
    static int notifySupervisor(String state) {
        return Calls.sd_notify(0, state);
    }

    /** sd_journal_sendv(3): an array of {@code struct iovec}, one for each {@code NAME=value}. */
    static int sendToJournal(Pointer vectors, int count) {
        return Calls.sd_journal_sendv(vectors, count);
    }

    /** Its own class, so that a machine without the library does without. */
    private static final class Calls {
        static final boolean LOADED = true;

        static {
            Native.register(Calls.class, "libsystemd.so.0");
        }

        private static native int sd_notify(int unsetEnvironment, String state);

        private static native int sd_journal_sendv(Pointer vectors, int count);
    }
}
