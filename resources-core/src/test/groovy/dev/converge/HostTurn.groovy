package dev.converge

import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption

/** Lets one spec at a time change something of this machine, across all test runs on it: {@code @Shared @AutoCleanup}. */
final class HostTurn implements AutoCloseable {
    private final FileChannel channel

    private HostTurn(FileChannel channel) {
        this.channel = channel
    }

    /** Waits for its turn, which lasts until it is closed. */
    static HostTurn take(String what) {
        def file = Path.of(System.getProperty('java.io.tmpdir'), "converge-tests-${what}.lock")
        def channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
        channel.lock()
        new HostTurn(channel)
    }

    @Override
    void close() {
        channel.close()
    }
}
