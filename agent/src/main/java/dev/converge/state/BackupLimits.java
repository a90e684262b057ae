package dev.converge.state;

import dev.converge.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the backups within bounds, at the end of a run that added to them; {@link Expiry} says which go.
 *
 * <p>First the index without them is on the disk, then their contents go: a crash between leaves contents that no line
 * names, and the next time takes them. Nothing else writes here meanwhile, because the run has the lock. Sizes are
 * looked at each time, ages once a day.
 */
final class BackupLimits {
    static final long MOST_BYTES = 2L << 30;
    static final Duration LONGEST = Duration.ofDays(90);

    private static final Duration BETWEEN = Duration.ofDays(1);

    private final StateDirectory state;
    private final ObjectStore objects;
    private final String run;
    private final long mostBytes;
    private final Instant now;

    /**
     * @param run the run that has just ended; what it kept stays
     * @param mostBytes how large everything may be
     */
    BackupLimits(StateDirectory state, ObjectStore objects, String run, long mostBytes, Instant now) {
        this.state = state;
        this.objects = objects;
        this.run = run;
        this.mostBytes = mostBytes;
        this.now = now;
    }

    /** @return a warning when the index has lines that cannot be read; they were put aside */
    Optional<Diagnostic> apply() throws IOException {
        ObjectSizes sizes = ObjectSizes.in(state.objects());
        boolean large = sizes.total() + Files.size(state.index()) > mostBytes;
        if (!isDue() && !large) {
            return Optional.empty();
        }
        List<IndexLine> all = IndexLine.read(state.index());
        List<IndexLine> whole = all.stream().filter(IndexLine::isWhole).toList();
        Expiry expiry = Expiry.of(whole, objects, run);
        Set<IndexLine> kept = expiry.kept(now.minus(LONGEST), mostBytes, sizes);
        Optional<Diagnostic> damaged = Optional.empty();
        if (kept.size() < all.size()) {
            damaged = putAside(all.stream().filter(line -> !line.isWhole()).toList());
            DurableFile.replaceDurably(state.index(), out -> write(kept, out));
        }
        removeAllBut(expiry.digests(kept), sizes);
        DurableFile.replace(state.limited(), out -> {});
        return damaged;
    }

    /** The first time, nothing can be old; a time in the future, from before the clock was put right, is no time. */
    private boolean isDue() throws IOException {
        if (!Files.exists(state.limited())) {
            DurableFile.replace(state.limited(), out -> {});
            return false;
        }
        Instant last = Files.getLastModifiedTime(state.limited()).toInstant();
        return Duration.between(last, now).abs().compareTo(BETWEEN) > 0;
    }

    private Optional<Diagnostic> putAside(List<IndexLine> damaged) throws IOException {
        if (damaged.isEmpty()) {
            return Optional.empty();
        }
        Path aside = Damage.free(state.index());
        DurableFile.replaceDurably(aside, out -> write(damaged, out));
        return Optional.of(Damage.warning(state.index() + " had " + damaged.size()
                + (damaged.size() == 1 ? " line that is" : " lines that are") + " no JSON or not whole, now in "
                + aside.getFileName() + "; the contents that they name stay."));
    }

    private static void write(Iterable<IndexLine> lines, OutputStream out) throws IOException {
        for (IndexLine line : lines) {
            out.write((line.text() + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private void removeAllBut(Set<String> named, ObjectSizes sizes) throws IOException {
        Set<String> needed = new HashSet<>(named);
        try (DirectoryStream<Path> aside =
                Files.newDirectoryStream(state.backups(), state.index().getFileName() + Damage.MARK + "*")) {
            for (Path lines : aside) {
                for (IndexLine line : IndexLine.read(lines)) {
                    needed.addAll(line.digests(objects));
                }
            }
        }
        for (String digest : sizes.bytes().keySet()) {
            if (!needed.contains(digest)) {
                Files.deleteIfExists(objects.path(digest));
            }
        }
    }
}
