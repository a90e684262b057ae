package dev.converge.serve;

import dev.converge.model.Secret;
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
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which one-time tokens were used. A boot asks for several things, and may ask again for what got lost: so a token is good
 * for the client that used it first, for a while, and for nobody afterwards. Written down before anything is given away.
 */
final class Tokens implements AutoCloseable {
    private static final String NONE = "none";

    private final Map<String, Use> used = new HashMap<>();
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
    boolean admits(Optional<Secret> wanted, Optional<String> given, String client) {
        String right = digest(wanted.map(Secret::reveal).orElse(NONE));
        boolean same = MessageDigest.isEqual(bytes(right), bytes(digest(given.orElse(""))));
        return wanted.isEmpty() || (same && isOpenTo(right, client));
    }

    private synchronized boolean isOpenTo(String token, String client) {
        Use use = used.get(token);
        return use == null
                || (use.by().equals(client)
                        && Instant.now().isBefore(use.first().plus(grace)));
    }

    /** The same, and from now on it is used. */
    synchronized boolean claim(Secret wanted, String client) throws IOException {
        String token = digest(wanted.reveal());
        if (!isOpenTo(token, client)) {
            return false;
        }
        if (!used.containsKey(token)) {
            Instant now = Instant.now();
            // The line end before it ends one that was cut off, which would swallow this one.
            ByteBuffer line = ByteBuffer.wrap(bytes("\n" + token + " " + now.getEpochSecond() + " " + client + "\n"));
            while (line.hasRemaining()) {
                file.write(line);
            }
            file.force(false);
            used.put(token, new Use(now, client));
        }
        return true;
    }

    /** What stands for a token where it need not be known. */
    static String digest(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(token)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
