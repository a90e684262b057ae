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
     * @param leader a process whose group has its own id; without the C library, it and its descendants are killed
     */
    public static void end(Process leader) {
        List<ProcessHandle> descendants = leader.descendants().toList();
        try {
            end(Math.toIntExact(leader.pid()));
        } catch (LinkageError e) {
            descendants.forEach(ProcessHandle::destroyForcibly);
            leader.destroyForcibly();
        }
    }

    private static void end(int group) {
        long deadline = System.nanoTime() + GRACE_NANOS;
        boolean there = CLibrary.kill(-group, SIGTERM) == 0;
        boolean interrupted = false;
        while (there && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
            there = CLibrary.kill(-group, ANY) == 0;
        }
        if (there) {
            CLibrary.kill(-group, SIGKILL);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
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
