package dev.converge.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers GET of one page to programs on this machine. Not the JDK's own server: its timers wake up every ten seconds, and
 * an agent that has nothing to do sleeps.
 */
final class LoopbackServer implements AutoCloseable {
    private static final int MOST_AT_ONCE = 8;
    private static final int LONGEST_HEAD = 8 << 10;
    private static final int LONGEST_NANOS = 2_000_000_000;
    private static final int PATIENCE_MILLIS = 500;
    private static final Pattern HOST = Pattern.compile("(?im)^host:[ \\t]*(.*?)[ \\t]*\\r?$");
    private static final Pattern OURS = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?");

    private final ServerSocket socket;
    private final String path;
    private final String type;
    private final Supplier<String> page;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    private LoopbackServer(ServerSocket socket, String path, String type, Supplier<String> page) {
        this.socket = socket;
        this.path = path;
        this.type = type;
        this.page = page;
    }

    /**
     * @param port on 127.0.0.1; any when it is 0
     * @throws IOException when somebody else has the port
     */
    static LoopbackServer start(int port, String path, String type, Supplier<String> page) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        LoopbackServer server = new LoopbackServer(socket, path, type, page);
        Thread thread = new Thread(server::accept, "metrics on port " + socket.getLocalPort());
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                places.acquire();
                serve(socket.accept());
            } catch (IOException e) {
                places.release();
                rest();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** There may be no file descriptors left; asking on and on would take a whole core. */
    private void rest() {
        if (!socket.isClosed()) {
            LockSupport.parkNanos(LONGEST_NANOS);
        }
    }

    private void serve(Socket client) {
        Thread thread = new Thread(
                () -> {
                    try (client) {
                        answer(client);
                    } catch (IOException e) {
                        // It has gone away, or asks too slowly.
                        return;
                    } finally {
                        places.release();
                    }
                },
                "metrics");
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(Socket client) throws IOException {
        client.setSoTimeout(PATIENCE_MILLIS);
        Optional<String> head = head(client.getInputStream());
        if (head.isEmpty()) {
            return;
        }
        String[] request = head.get().split("\\R", 2)[0].split(" ");
        boolean reads = request.length > 1 && (request[0].equals("GET") || request[0].equals("HEAD"));
        OutputStream out = client.getOutputStream();
        if (!isOurs(head.get())) {
            send(out, "403 Forbidden", "text/plain", "Ask for it as localhost.\n", true);
        } else if (!reads) {
            send(out, "405 Method Not Allowed", "text/plain", "GET only.\n", true);
        } else if (!request[1].split("\\?", 2)[0].equals(path)) {
            send(out, "404 Not Found", "text/plain", "There is only " + path + ".\n", true);
        } else {
            send(out, "200 OK", type, page.get(), request[0].equals("GET"));
        }
    }

    /** A page in a browser may have a name of its own for this machine (DNS rebinding); it gets nothing. */
    private static boolean isOurs(String head) {
        Matcher host = HOST.matcher(head);
        return !host.find()
                || OURS.matcher(host.group(1).toLowerCase(Locale.ROOT)).matches();
    }

    private static void send(OutputStream out, String status, String type, String text, boolean whole)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        if (whole) {
            all.writeBytes(body);
        }
        out.write(all.toByteArray());
        out.flush();
    }

    /** What a client asks; empty when it takes too long or says too much. */
    private static Optional<String> head(InputStream in) throws IOException {
        long begin = System.nanoTime();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while (head.size() < LONGEST_HEAD && System.nanoTime() - begin < LONGEST_NANOS) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.write(next);
            last = next == '\n' ? last + 1 : next == '\r' ? last : 0;
            if (last == 2) {
                return Optional.of(head.toString(StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
