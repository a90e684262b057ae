package dev.converge.examples

import dev.converge.Converge
import dev.converge.testhost.Shell
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path

/** A run in a booted host under strace, which sees every program that it starts. */
final class Traced {
    final Converge.Ended ended
    /** The programs that Converge's JVM started, by their paths, in order. */
    final List<String> programs

    private Traced(Converge.Ended ended, List<String> programs) {
        this.ended = ended
        this.programs = programs
    }

    static boolean isPossible() {
        TestHost.possible && Shell.has('strace')
    }

    static Traced run(TestHost machine, Path folder, String... arguments) {
        def log = folder.resolve('execve.log')
        def ended = Converge.HERE.inside(['strace', '-f', '-qq', '--seccomp-bpf', '-e', 'trace=execve', '-o', log as String], machine, arguments)
        def programs = Files.readAllLines(log).collectMany { line -> (line =~ /^(\d+) +execve\("([^"]+)".* = 0$/).collect { it.tail() } }
        def byJava = programs.drop(programs.findIndexOf { it[1].endsWith('/bin/java') } + 1)
        // A process may become several programs in turn (setsid, which becomes systemctl): it counts once, as the last.
        new Traced(ended, byJava.collectEntries { process, program -> [process, program] }.values() as List)
    }
}
