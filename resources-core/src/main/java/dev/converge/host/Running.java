package dev.converge.host;

import dev.converge.posix.ProcessGroup;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The programs that run now, so that none is left behind when Converge itself is ended. */
final class Running {
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

    void remove(Process process) {
        processes.remove(process);
    }

    void end() {
        ending = true;
        ProcessGroup.end(List.copyOf(processes));
    }
}
