package dev.converge.agent;

import dev.converge.schema.JsonText;
import dev.converge.schema.JsonTree;
import dev.converge.state.StateDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Where the agent is asked how it is, and to run: a Unix socket in a folder that only its account can enter. A request
 * is one line of JSON, and so is its answer.
 */
public final class ControlSocket implements AutoCloseable {
    /** What is said of an agent that cannot be reached by it. */
    static final String DEAF = "does not listen: it has just begun, or its control socket was removed";

    private static final int LONGEST_REQUEST = 4096;
    private static final int AT_ONCE = 16;
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Map<String, Object> ENDED = Map.of("error", "The agent has ended before it answered.");

    private final Path file;
    private final Answers answers;
    private final Selector askers;
    private ServerSocketChannel server;
    private final Semaphore free = new Semaphore(AT_ONCE);

    /** What the agent says to a request. */
    interface Answers {
        Map<String, Object> answer(Map<String, Object> request) throws InterruptedException;
    }

    private ControlSocket(Path file, Answers answers) throws IOException {
        this.file = file;
        this.answers = answers;
        this.askers = Selector.open();
        this.server = bound();
    }

    private static Path file(StateDirectory state) {
        return state.agent().resolve("control");
    }

    /** Opens it; whoever does holds the agent's lock, so what is there is left by one that was killed. */
    static ControlSocket open(StateDirectory state, Answers answers) throws IOException {
        return open(state, answers, BETWEEN_LOOKS);
    }

    /** @param looks how often it looks whether somebody has removed its file */
    static ControlSocket open(StateDirectory state, Answers answers, Duration looks) throws IOException {
        ControlSocket socket = new ControlSocket(file(state), answers);
        daemon("control", () -> socket.accept(looks));
        return socket;
    }

    private ServerSocketChannel bound() throws IOException {
        StateDirectory.make(file.getParent());
        Files.deleteIfExists(file);
        ServerSocketChannel bound = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bound.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            bound.configureBlocking(false);
            bound.register(askers, SelectionKey.OP_ACCEPT);
            return bound;
        } catch (IOException | RuntimeException e) {
            bound.close();
            throw e;
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Duration looks) {
        while (askers.isOpen()) {
            try {
                if (askers.select(looks.toMillis()) == 0) {
                    restore();
                    continue;
                }
                askers.selectedKeys().clear();
                Optional<SocketChannel> asker = next();
                if (asker.isPresent()) {
                    free.acquire();
                    daemon("control-answer", () -> serve(asker.get()));
                }
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException e) {
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized Optional<SocketChannel> next() throws IOException {
        return Optional.ofNullable(server.accept());
    }

    /** Somebody who removes its file must not make the agent deaf until its next start. */
    private synchronized void restore() throws IOException {
        if (askers.isOpen() && !Files.exists(file)) {
            ServerSocketChannel deaf = server;
            server = bound();
            deaf.close();
        }
    }

    /** Whatever is wrong with accepting, such as too many open files, must not become a busy loop. */
    private void pause() {
        try {
            if (askers.isOpen()) {
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(SocketChannel asker) {
        try (asker) {
            if (isAllowed(asker)) {
                Optional<Map<String, Object>> request = JsonTree.object(line(Channels.newInputStream(asker)));
                if (request.isPresent()) {
                    send(asker, answers.answer(request.get()));
                }
            }
        } catch (IOException e) {
            // Whoever asked has gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
        }
    }

    /** The folder keeps others away; this holds where somebody has opened it. */
    private static boolean isAllowed(SocketChannel asker) throws IOException {
        UnixDomainPrincipal peer = asker.getOption(ExtendedSocketOptions.SO_PEERCRED);
        String name = peer.user().getName();
        return name.equals("root")
                || name.equals(Files.getOwner(Path.of("/proc/self")).getName());
    }

    /**
     * Asks the agent that runs; empty when none does.
     *
     * @throws IOException when it does not answer, for which only a run may take its time
     */
    public static Optional<Map<String, Object>> ask(StateDirectory state, Map<String, Object> request)
            throws IOException {
        Path file = file(state);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SocketChannel agent = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            if (!Requests.ONCE.equals(request.get(Requests.KEY))) {
                daemon("control-patience", () -> cut(agent));
            }
            return ask(agent, file, request);
        } catch (ClosedChannelException e) {
            throw new IOException(
                    "The agent has not answered within " + PATIENCE.toSeconds() + " s; its process may be stopped", e);
        }
    }

    private static Optional<Map<String, Object>> ask(SocketChannel agent, Path file, Map<String, Object> request)
            throws IOException {
        try {
            agent.connect(UnixDomainSocketAddress.of(file));
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty();
        }
        try {
            send(agent, request);
            agent.shutdownOutput();
            String answer = new String(Channels.newInputStream(agent).readAllBytes(), StandardCharsets.UTF_8);
            return JsonTree.object(answer).or(() -> Optional.of(ENDED));
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return Optional.of(ENDED); // it was killed in the middle: the connection is reset, or its pipe broken
        }
    }

    /** Such a socket has no time limit of its own: a read ends when it is closed. */
    private static void cut(SocketChannel agent) {
        try (agent) {
            TimeUnit.MILLISECONDS.sleep(PATIENCE.toMillis());
        } catch (IOException e) {
            // It has been closed already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(SocketChannel to, Map<String, Object> tree) throws IOException {
        OutputStream out = Channels.newOutputStream(to);
        out.write((JsonText.line(tree).strip() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < LONGEST_REQUEST; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        try {
            askers.close();
            server.close();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next agent takes away what is left of it.
        }
    }
}
