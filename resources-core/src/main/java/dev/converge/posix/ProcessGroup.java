package dev.converge.posix;

import com.sun.jna.Native;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends a process together with everything that it started and that is still in its group. */
public final class ProcessGroup {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final int ANY = 0;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STEP_MILLIS = 20;

    private ProcessGroup() {}

    /**
     * Asks the group to end, and kills what is still there after two seconds.
     *
     * @param leader a process whose group has its own id; where it leads none, or without the C library, it is killed
     *     together with its descendants
     */
    public static void end(Process leader) {
        List<ProcessHandle> descendants = leader.descendants().toList();
        if (!endGroup(Math.toIntExact(leader.pid()))) {
            descendants.forEach(ProcessHandle::destroyForcibly);
            leader.destroyForcibly();
        }
    }

    /** Whether there was such a group. */
    private static boolean endGroup(int group) {
        try {
            if (CLibrary.kill(-group, SIGTERM) != 0) {
                return false;
            }
            if (!ended(group)) {
                CLibrary.kill(-group, SIGKILL);
            }
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Whether all of the group have gone in time; an interrupt ends the wait. */
    private static boolean ended(int group) {
        long deadline = System.nanoTime() + GRACE_NANOS;
        try {
            while (System.nanoTime() < deadline) {
                if (CLibrary.kill(-group, ANY) != 0) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Its own class, so that a machine on which JNA cannot load its library still gets the other way. */
    private static final class CLibrary {
        static {
            Native.register(CLibrary.class, "c");
        }

        /** kill(2): a negative number means the process group; signal 0 only asks whether it is there. */
        private static native int kill(int process, int signal);
    }
}
