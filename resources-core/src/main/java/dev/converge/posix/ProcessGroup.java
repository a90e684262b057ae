package dev.converge.posix;

import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.Collection;
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
        end(List.of(leader));
    }

    /** The same for several groups, which get the two seconds together. */
    public static void end(Collection<Process> leaders) {
        List<Integer> groups = new ArrayList<>();
        for (Process leader : leaders) {
            List<ProcessHandle> descendants = leader.descendants().toList();
            int group = Math.toIntExact(leader.pid());
            if (signal(group, SIGTERM)) {
                groups.add(group);
            } else {
                descendants.forEach(ProcessHandle::destroyForcibly);
                leader.destroyForcibly();
            }
        }
        awaitEnd(groups);
        groups.forEach(group -> signal(group, SIGKILL));
    }

    /** Whether there was such a group. */
    private static boolean signal(int group, int number) {
        try {
            return CLibrary.kill(-group, number) == 0;
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Waits until all of the groups have gone, or the time is over; an interrupt ends the wait. */
    private static void awaitEnd(List<Integer> groups) {
        long deadline = System.nanoTime() + GRACE_NANOS;
        try {
            groups.removeIf(ProcessGroup::isGone);
            while (!groups.isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
                groups.removeIf(ProcessGroup::isGone);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isGone(int group) {
        return !signal(group, ANY);
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
