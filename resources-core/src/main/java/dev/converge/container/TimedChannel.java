package dev.converge.container;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a unix socket on which nothing waits longer than until its deadline. The channels of the JDK know no
 * time limits for unix sockets, so this one never blocks but in a selector.
 */
final class TimedChannel extends InputStream implements Closeable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long deadline;
    private final ByteBuffer received = ByteBuffer.allocate(1 << 14).flip();

    private TimedChannel(SocketChannel channel, Selector selector, long deadline) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.deadline = deadline;
        this.key = channel.register(selector, 0);
    }

    static TimedChannel connect(Path socket, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = null;
        try {
            selector = Selector.open();
            channel.configureBlocking(false);
            TimedChannel timed = new TimedChannel(channel, selector, deadline);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                timed.await(SelectionKey.OP_CONNECT);
                channel.finishConnect();
            }
            return timed;
        } catch (IOException | RuntimeException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(received.get()) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, received.remaining());
        received.get(into, offset, count);
        return count;
    }

    /** Whether there is a byte, once there is one or the other side has ended. */
    private boolean fill() throws IOException {
        if (received.hasRemaining()) {
            return true;
        }
        received.clear();
        int count = channel.read(received);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(received);
        }
        received.flip();
        return count > 0;
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        selector.selectedKeys().clear();
        while (selector.selectedKeys().isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("no answer in time");
            }
            selector.select(left);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while waiting for an answer");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (SocketChannel ended = channel;
                Selector done = selector) {
            key.cancel();
        }
    }
}
