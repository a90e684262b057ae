package dev.converge.filesystem;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What files of the host said, so that a thousand lines of one file are read and parsed once, while it stays as it is. */
final class ReadTexts {
    /** The clock of files ticks slowly: one that has just changed may change again and look the same. */
    private static final int SECONDS_TO_SETTLE = 2;

    private static final long MOST_LETTERS = 32 << 20;

    /** Changes with every write; the change time cannot be set back by those who write. */
    private record Version(Object inode, Object size, FileTime changed) {
        static Version of(Path real) throws IOException {
            Map<String, Object> seen = Files.readAttributes(real, "unix:ino,size,ctime", LinkOption.NOFOLLOW_LINKS);
            return new Version(seen.get("ino"), seen.get("size"), (FileTime) seen.get("ctime"));
        }

        boolean isSettledAt(Instant now) {
            return changed.toInstant().plusSeconds(SECONDS_TO_SETTLE).isBefore(now);
        }
    }

    private record Known(Version version, FileText text) {}

    private final Map<Path, Known> known = new HashMap<>();
    private long letters;

    static FileText read(Path real, Path shown, Host host) throws IOException {
        ReadTexts texts;
        try {
            texts = host.database(ReadTexts.class, ignored -> new ReadTexts());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FileText.read(real, shown);
        }
        return texts.text(real, shown);
    }

    private FileText text(Path real, Path shown) throws IOException {
        Instant start = Instant.now();
        Version version = Version.of(real);
        synchronized (this) {
            Known before = known.get(real);
            if (before != null && before.version().equals(version)) {
                return before.text();
            }
        }
        FileText text = FileText.read(real, shown);
        if (version.isSettledAt(start)) {
            keep(real, new Known(version, text));
        }
        return text;
    }

    private synchronized void keep(Path real, Known text) {
        letters += text.text().text().length();
        if (letters > MOST_LETTERS) {
            known.clear();
            letters = text.text().text().length();
        }
        known.put(real, text);
    }
}
