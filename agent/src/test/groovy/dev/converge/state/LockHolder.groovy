package dev.converge.state

import dev.converge.report.Run
import java.nio.file.Path

/** Another process: takes the lock of the folder given, says what came of it, and holds it until its input ends. */
final class LockHolder {
    private LockHolder() {}

    static void main(String[] args) {
        def lock = RunLock.acquire(new StateDirectory(Path.of(args[0])), Run.begin('other'), args[1])
        println(lock.ok ? 'locked' : lock.diagnostics()[0].detail())
        System.in.read()
    }
}
