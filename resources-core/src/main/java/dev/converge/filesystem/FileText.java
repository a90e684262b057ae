package dev.converge.filesystem;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a file says, and what parsers have made of it so far. */
final class FileText {
    /** Larger files are no configuration, and would be held in memory. */
    private static final int LARGEST = 64 << 20;

    /** A link that somebody has put there since it was looked at is not followed. */
    private static final Set<OpenOption> PLAIN = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    static final FileText NONE = new FileText(TextEncoding.UTF_8, "");

    private final TextEncoding encoding;
    private final String text;
    private final Map<Object, Object> parsed = new ConcurrentHashMap<>();

    private FileText(TextEncoding encoding, String text) {
        this.encoding = encoding;
        this.text = text;
    }

    /** @param shown for the failure, as the host sees it */
    static FileText read(Path real, Path shown) throws IOException {
        byte[] bytes;
        try (InputStream content = Channels.newInputStream(Files.newByteChannel(real, PLAIN))) {
            bytes = content.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new ResourceFailure(shown + " is too large to be edited in part.", "Declare the whole file.");
        }
        TextEncoding encoding = TextEncoding.of(bytes, shown);
        return new FileText(encoding, encoding.decode(bytes));
    }

    TextEncoding encoding() {
        return encoding;
    }

    String text() {
        return text;
    }

    /** @param how equal for parsers that make the same of a text */
    @SuppressWarnings("unchecked") // equal keys come with equal parsers
    <K, T> T parsed(K how, Function<String, T> parser) {
        return (T) parsed.computeIfAbsent(how, ignored -> parser.apply(text));
    }
}
