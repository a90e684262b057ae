package dev.converge.host;

import dev.converge.posix.ProcessGroup;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The programs that run now, so that none is left behind when Converge itself is ended. */
final class Running {
    /** Seconds; far longer than programs get to end. */
    private static final int LONGEST_END = 10;

    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /** Notes a program that was just started; one that comes too late is ended at once. */
    Process add(Process process) {
        processes.add(process);
        if (ending) {
            ProcessGroup.end(process);
        }
        return process;
    }

    /** Once all is being ended, whoever ran it rests until then: that its program was killed is no failure to report. */
    void remove(Process process) {
        processes.remove(process);
        if (ending) {
            rest();
        }
    }

    private static void rest() {
        try {
            TimeUnit.SECONDS.sleep(LONGEST_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void end() {
        ending = true;
        ProcessGroup.end(List.copyOf(processes));
    }
}
