package dev.converge.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.time.Duration;

/** Waits until something is mounted or unmounted on this machine; see proc_pid_mountinfo(5). */
public final class MountChanges implements AutoCloseable {
    private static final int READ_ONLY = 0;
    private static final int CLOSE_ON_EXEC = 0x80000;

    /** {@code struct pollfd}: the descriptor, what is waited for, what has come. */
    private static final int POLLFD_SIZE = 8;

    private static final int EVENTS = 4;
    private static final int HAPPENED = 6;
    private static final short POLLPRI = 2;
    private static final short POLLERR = 8;

    private final int table;

    public MountChanges() throws IOException {
        try {
            table = C.INSTANCE.open("/proc/self/mountinfo", READ_ONLY | CLOSE_ON_EXEC);
        } catch (LastErrorException | LinkageError e) {
            throw new IOException("mounts are not told of: " + e.getMessage(), e);
        }
    }

    private interface C extends Library {
        C INSTANCE = Native.load("c", C.class);

        int open(String path, int flags) throws LastErrorException;

        int poll(Pointer descriptors, long count, int milliseconds) throws LastErrorException;

        int close(int descriptor);
    }

    /** Whether something was, since the last call; waits for it no longer than that. */
    public boolean await(Duration atMost) throws IOException {
        try (Memory descriptor = new Memory(POLLFD_SIZE)) {
            descriptor.setInt(0, table);
            descriptor.setShort(EVENTS, POLLPRI);
            descriptor.setShort(HAPPENED, (short) 0);
            int count = C.INSTANCE.poll(descriptor, 1, Math.toIntExact(atMost.toMillis()));
            return count > 0 && (descriptor.getShort(HAPPENED) & (POLLPRI | POLLERR)) != 0;
        } catch (LastErrorException e) {
            throw new IOException("cannot wait for mounts: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        C.INSTANCE.close(table);
    }
}
