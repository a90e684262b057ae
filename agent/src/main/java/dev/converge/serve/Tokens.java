package dev.converge.serve;

import dev.converge.model.Secret;
import dev.converge.model.Sha256;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Which one-time tokens were used. A boot asks for several things, and may ask again for what got lost: so a token is good
 * for the client that used it first, for a while, and for nobody afterwards. Written down before anything is given away.
 */
final class Tokens implements AutoCloseable {
    private static final String NONE = "none";

    private static final int WAITING = 20_000;

    private final Map<String, Use> used = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor writer =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "tokens");
                thread.setDaemon(true);
                return thread;
            });
    private final FileChannel file;
    private final Duration grace;

    private Tokens(FileChannel file, Duration grace) {
        this.file = file;
        this.grace = grace;
    }

    private record Use(Instant first, String by) {}

    /** @param grace for how long the first client may come again */
    static Tokens open(Path folder, Duration grace) throws IOException {
        Path path = StateDirectory.make(folder).resolve("tokens-used");
        FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Tokens tokens = new Tokens(channel, grace);
        for (String line : Files.readAllLines(path)) {
            String[] words = line.split(" ");
            if (words.length == 3 && words[1].matches("\\d{1,12}")) { // not one that was cut off
                tokens.used.putIfAbsent(words[0], new Use(Instant.ofEpochSecond(Long.parseLong(words[1])), words[2]));
            }
        }
        return tokens;
    }

    /**
     * Whether a client may have what is a host's. For a host that is not known it takes as long as for one that is.
     *
     * @param wanted the host's token, when it has one
     * @param given what came with the request
     */
    Admission admits(Optional<Secret> wanted, Optional<String> given, String client) {
        String right = digest(wanted.map(Secret::reveal).orElse(NONE));
        boolean same = MessageDigest.isEqual(bytes(right), bytes(digest(given.orElse(""))));
        if (wanted.isEmpty()) {
            return Admission.GRANTED;
        }
        if (!same) {
            return given.isEmpty() ? Admission.NO_TOKEN : Admission.WRONG_TOKEN;
        }
        return standing(right, client);
    }

    private Admission standing(String token, String client) {
        Use use = used.get(token);
        if (use == null) {
            return Admission.GRANTED;
        }
        if (!use.by().equals(client)) {
            return Admission.OF_ANOTHER;
        }
        boolean still = Instant.now().isBefore(use.first().plus(grace));
        return still ? Admission.GRANTED : Admission.OVER;
    }

    /** The same, and from now on it is used. That is on the disk before it is told; the caller's thread does not wait for it. */
    CompletableFuture<Admission> claim(Secret wanted, String client) {
        String token = digest(wanted.reveal());
        if (used.containsKey(token)) {
            return CompletableFuture.completedFuture(standing(token, client));
        }
        CompletableFuture<Admission> claimed = new CompletableFuture<>();
        try {
            writer.execute(() -> write(token, client, claimed));
        } catch (RejectedExecutionException e) {
            claimed.completeExceptionally(e);
        }
        return claimed;
    }

    /** By one thread alone: of two clients, one is the first. */
    private void write(String token, String client, CompletableFuture<Admission> claimed) {
        try {
            if (!used.containsKey(token)) {
                Instant now = Instant.now();
                // The line end before it ends one that was cut off, which would swallow this one.
                ByteBuffer line =
                        ByteBuffer.wrap(bytes("\n" + token + " " + now.getEpochSecond() + " " + client + "\n"));
                while (line.hasRemaining()) {
                    file.write(line);
                }
                file.force(false);
                used.put(token, new Use(now, client));
                claimed.complete(Admission.GRANTED);
            }
            claimed.complete(standing(token, client));
        } catch (IOException e) {
            claimed.completeExceptionally(e);
        }
    }

    /** What stands for a token where it need not be known. */
    static String digest(String token) {
        return Sha256.hex(token);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        writer.shutdownNow();
        file.close();
    }
}
