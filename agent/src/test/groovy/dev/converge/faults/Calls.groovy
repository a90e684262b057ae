package dev.converge.faults

import java.nio.file.Files
import java.nio.file.Path
import java.util.regex.Pattern

/** The calls of the kernel by which a run writes, each a moment at which it can be killed. */
final class Calls {
    private static final List<String> WRITING = [
        'write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat', 'rmdir', 'mkdir', 'mkdirat',
        'link', 'linkat', 'symlink', 'symlinkat', 'chmod', 'fchmod', 'fchmodat', 'chown', 'fchown', 'lchown', 'fchownat', 'utimensat', 'setxattr', 'lsetxattr',
        'copy_file_range', 'sendfile',
    ]

    /** A thread's Nth call of a kind, before which the process is killed. */
    static final class Moment {
        String call
        int number
        String line

        /** The call, and what it is about: the host, or a part of the state. */
        String kind

        /** Without --seccomp-bpf: with it, strace 6.1 counts to one only. */
        List<String> getWatch() {
            ['strace', '-f', '-qqq', '-o', '/dev/null', '-e', "trace=$call", '-e', "inject=$call:signal=SIGKILL:when=$number"]*.toString()
        }

        @Override
        String toString() {
            "before $call no. $number: $line"
        }
    }

    private Calls() {}

    static List<String> recording(Path file) {
        ['strace', '-f', '--seccomp-bpf', '-qqq', '-y', '-o', file as String, '-e', "trace=${WRITING.join(',')}"]*.toString()
    }

    /** The moments of a recorded run that have to do with a folder, in their order. */
    static List<Moment> of(Path recorded, Path folder) {
        Map<String, Integer> counts = [:].withDefault { 0 }
        List<Moment> moments = []
        Files.readAllLines(recorded).each { line ->
            def call = line =~ /^(\d+) +(\w+)\(/
            if (call) {
                int number = ++counts["${call[0][1]} ${call[0][2]}".toString()]
                def place = line =~ /${Pattern.quote(folder as String)}\/(host|state(\/[^\/">]+)?)/
                if (line.contains(folder as String)) {
                    String kind = "${call[0][2]} ${place ? place[0][1] : 'elsewhere'}"
                    moments << new Moment(call: call[0][2], number: number, kind: kind, line: line.replaceFirst(/^\d+ +/, '').take(160))
                }
            }
        }
        moments
    }

    /** As many as wanted: one of each kind, and others spread evenly; some again when there are fewer. */
    static List<Moment> spread(List<Moment> moments, int wanted) {
        def kinds = moments.groupBy { it.kind }.values()*.first().take(wanted)
        int others = wanted - kinds.size()
        kinds + (0..<others).collect { moments[(int) ((it * moments.size()).intdiv(others))] }
    }
}
