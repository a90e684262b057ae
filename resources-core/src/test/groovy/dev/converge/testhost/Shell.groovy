package dev.converge.testhost

import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** Runs the machine's own programs for the fixtures, each to its end. */
final class Shell {
    private static final long LIMIT_SECONDS = 300
    private static final long RETRY_NANOS = 20_000_000_000L

    /** How a program ended: both of its outputs as one. */
    static final class Ended {
        int exit
        String output

        boolean isOk() {
            exit == 0
        }

        @Override
        String toString() {
            "exit $exit\n$output"
        }
    }

    private Shell() {}

    static Ended run(List<?> command, Map<String, String> environment = [:]) {
        def builder = new ProcessBuilder(command*.toString()).redirectErrorStream(true).redirectInput(new File('/dev/null'))
        builder.environment().putAll([LC_ALL: 'C.UTF-8'] + environment)
        def process = builder.start()
        def output = new ByteArrayOutputStream()
        def reader = process.consumeProcessOutputStream(output)
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly()
            throw new IllegalStateException("still running after $LIMIT_SECONDS s: ${command.join(' ')}\n$output")
        }
        reader.join()
        new Ended(exit: process.exitValue(), output: output.toString('UTF-8'))
    }

    /** What it printed; fails when the program fails. */
    static String must(List<?> command, Map<String, String> environment = [:]) {
        def ended = run(command, environment)
        if (!ended.ok) {
            throw new IllegalStateException("${command.join(' ')}: $ended")
        }
        ended.output
    }

    /** Again until it succeeds, for what a process that has just ended may still hold; given up in the end. */
    static boolean retry(Closure<Boolean> done) {
        def deadline = System.nanoTime() + RETRY_NANOS
        while (!done.call()) {
            if (System.nanoTime() > deadline) {
                return false
            }
            Thread.sleep(20)
        }
        true
    }

    static boolean has(String program) {
        ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'].any { Path.of(it, program).toFile().canExecute() }
    }
}
