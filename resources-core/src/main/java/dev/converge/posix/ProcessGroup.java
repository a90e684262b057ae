package dev.converge.posix;

import com.sun.jna.Native;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ends a process together with everything that it started: what is in its group, and what has left that for a group of
 * its own and can still be seen to descend from it.
 */
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
        Set<Integer> groups = new LinkedHashSet<>();
        for (Process leader : leaders) {
            List<ProcessHandle> descendants = leader.descendants().toList();
            int group = Math.toIntExact(leader.pid());
            List<Integer> others = groupsOf(descendants);
            if (signal(group, SIGTERM)) {
                groups.add(group);
                others.stream().filter(other -> groups.add(other)).forEach(other -> signal(other, SIGTERM));
            } else {
                descendants.forEach(ProcessHandle::destroyForcibly);
                leader.destroyForcibly();
            }
        }
        awaitEnd(groups);
        groups.forEach(group -> signal(group, SIGKILL));
    }

    /** A process that has ended meanwhile counts no more: its number could be that of another one. */
    private static List<Integer> groupsOf(List<ProcessHandle> processes) {
        List<Integer> groups = new ArrayList<>();
        for (ProcessHandle process : processes) {
            int group = groupOf(process);
            if (group > 1 && process.isAlive()) {
                groups.add(group);
            }
        }
        return groups;
    }

    private static int groupOf(ProcessHandle process) {
        try {
            return CLibrary.getpgid(Math.toIntExact(process.pid()));
        } catch (LinkageError e) {
            return -1;
        }
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
    private static void awaitEnd(Set<Integer> groups) {
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

        /** getpgid(2): -1 when there is no such process. */
        private static native int getpgid(int process);
    }
}
