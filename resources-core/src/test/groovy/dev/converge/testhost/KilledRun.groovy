package dev.converge.testhost

/** A test run that is killed while its host is up. */
final class KilledRun {
    private KilledRun() {}

    static void main(String... arguments) {
        println TestHost.start().name
        Runtime.runtime.halt(137)
    }
}
