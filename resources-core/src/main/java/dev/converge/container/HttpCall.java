package dev.converge.container;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One request to a server on a unix socket, on a connection of its own: that costs 0.1 ms, and no request ever meets a
 * connection that the server has just closed.
 *
 * @param target path and query, encoded
 * @param body what is sent along, with its type
 * @param limit how long the whole exchange may take
 */
record HttpCall(String method, String target, Optional<Body> body, Duration limit) {
    /** Long enough for an engine that is busy, short enough that a run ends. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** Bytes to send, opened when they are. */
    record Body(String type, long length, Source source) {
        /** Opens the bytes. */
        interface Source {
            InputStream open() throws IOException;
        }

        static Body of(Object tree) {
            byte[] bytes = Json.write(tree);
            return new Body("application/json", bytes.length, () -> new ByteArrayInputStream(bytes));
        }

        static Body of(Path tar) throws IOException {
            return new Body("application/x-tar", Files.size(tar), () -> Files.newInputStream(tar));
        }
    }

    static HttpCall get(String target) {
        return new HttpCall("GET", target, Optional.empty(), LIMIT);
    }

    static HttpCall post(String target) {
        return new HttpCall("POST", target, Optional.empty(), LIMIT);
    }

    static HttpCall delete(String target) {
        return new HttpCall("DELETE", target, Optional.empty(), LIMIT);
    }

    HttpCall with(Body sent) {
        return new HttpCall(method, target, Optional.of(sent), limit);
    }

    HttpCall within(Duration time) {
        return new HttpCall(method, target, body, time);
    }

    HttpCall below(String prefix) {
        return new HttpCall(method, prefix + target, body, limit);
    }

    /** @throws SocketTimeoutException when the exchange takes longer than its limit */
    HttpAnswer send(Path socket) throws IOException, InterruptedException {
        try (TimedChannel channel = TimedChannel.connect(socket, limit)) {
            channel.write(ByteBuffer.wrap(head().getBytes(StandardCharsets.US_ASCII)));
            if (body.isPresent()) {
                send(body.get(), channel);
            }
            return HttpAnswer.read(channel);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw interruption(e);
        }
    }

    private static InterruptedException interruption(IOException e) {
        // The flag is taken back: the exception carries it on.
        Thread.interrupted();
        InterruptedException interruption = new InterruptedException(e.getMessage());
        interruption.initCause(e);
        return interruption;
    }

    private String head() {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: engine\r\nConnection: close\r\nAccept: application/json\r\n");
        body.ifPresent(sent -> head.append("Content-Type: ").append(sent.type()).append("\r\n"));
        if (!method.equals("GET")) {
            head.append("Content-Length: ")
                    .append(body.map(Body::length).orElse(0L))
                    .append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static void send(Body body, TimedChannel channel) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = body.source().open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                channel.write(ByteBuffer.wrap(buffer, 0, count));
            }
        }
    }
}
