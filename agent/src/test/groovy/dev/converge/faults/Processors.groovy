package dev.converge.faults

import java.nio.file.Files
import java.nio.file.Path

/** Keeps a program on one processor: what strace stops and wakes there has not to wait for another one to notice. */
final class Processors {
    private static final List<Integer> ALLOWED = Files.readAllLines(Path.of('/proc/self/status'))
        .find { it.startsWith('Cpus_allowed_list:') }.split(/\s+/)[1].tokenize(',')
        .collectMany { range -> (range.tokenize('-')*.toInteger()[0]..range.tokenize('-')*.toInteger()[-1]) as List }

    private Processors() {}

    /** The words before those of a program that keep it on one of those that this process may use. */
    static List<String> only(int number) {
        ['taskset', '-c', ALLOWED[number % ALLOWED.size()] as String]
    }
}
