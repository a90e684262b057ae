package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import dev.converge.schema.JsonText;
import dev.converge.schema.JsonTree;
import dev.converge.state.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reports that wait for a server, in their order: each is on disk before {@link #add} returns, and leaves it when it was
 * taken. What has to go for want of room or time is counted until a report that says so has arrived. While the disk does
 * not take them, the latest wait in memory.
 */
final class Spool {
    private static final int MEMORY = 8 << 20;
    private static final int SET_ASIDE = 20;
    private static final String LOST = "lost.json";

    private final Path folder;
    private final long mostBytes;
    private final long mostNanos;
    private final ArrayDeque<Parcel> parcels = new ArrayDeque<>();
    private final Map<Long, Lost> told = new HashMap<>();
    private long next = 1;
    private Lost lost = Lost.NOTHING;
    private long dropped;
    private long refused;
    private Optional<Diagnostic> problem = Optional.empty();

    private Spool(Path folder, long mostBytes, Duration mostAge) {
        this.folder = folder;
        this.mostBytes = mostBytes;
        this.mostNanos = mostAge.toNanos();
    }

    /** The reports that an earlier process has left there, and those to come. */
    static Spool open(Path folder, long mostBytes, Duration mostAge) {
        Spool spool = new Spool(folder, mostBytes, mostAge);
        try {
            spool.find();
        } catch (DirectoryIteratorException e) {
            spool.fail(e.getCause());
        } catch (IOException e) {
            spool.fail(e);
        }
        return spool;
    }

    private synchronized void find() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Parcel> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*~*.json*")) {
            for (Path file : files) {
                BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
                Parcel.found(
                                file,
                                (int) about.size(),
                                since(about.lastModifiedTime().toInstant()))
                        .ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparingLong(Parcel::number));
        parcels.addAll(found);
        next = found.isEmpty() ? 1 : found.get(found.size() - 1).number() + 1;
        Path kept = folder.resolve(LOST);
        if (Files.exists(kept)) {
            lost = JsonTree.object(Files.readString(kept)).map(Spool::lost).orElse(Lost.NOTHING);
        }
    }

    /** By a clock that nobody can put forward: else a corrected clock would throw away all that waits. */
    private static long since(Instant written) {
        Duration age = Duration.between(written, Instant.now());
        return System.nanoTime() - Math.max(0, age.toSeconds()) * 1_000_000_000L;
    }

    private static Lost lost(Map<String, Object> tree) {
        try {
            return new Lost(
                    number(tree, "dropped"),
                    number(tree, "refused"),
                    Optional.ofNullable(tree.get("since")).map(Object::toString).map(Instant::parse));
        } catch (DateTimeParseException e) {
            return Lost.NOTHING;
        }
    }

    private static long number(Map<String, Object> tree, String name) {
        return tree.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /**
     * Takes a report.
     *
     * @param tells what the report says was lost
     */
    synchronized void add(Document document, Lost tells) {
        Parcel parcel = Parcel.of(next, document, System.nanoTime());
        next++;
        parcels.add(parcel);
        if (!tells.isNothing()) {
            told.put(parcel.number(), tells);
        }
        limit();
        settle();
    }

    /** The one whose turn it is; what has waited too long is dropped before. */
    synchronized Optional<Parcel> first() {
        limit();
        return Optional.ofNullable(parcels.peek());
    }

    /** The one behind it. */
    synchronized Optional<Parcel> second() {
        return parcels.stream().skip(1).findFirst();
    }

    /** Its bytes; empty when the disk does not give them, so that it is lost. */
    synchronized Optional<byte[]> bytes(Parcel parcel) {
        try {
            return Optional.of(parcel.bytes(folder));
        } catch (IOException e) {
            fail(e);
            drop(parcel);
            return Optional.empty();
        }
    }

    /** It has arrived, and with it what it told of. */
    synchronized void delivered(Parcel parcel) {
        Optional<Lost> known = Optional.ofNullable(told.get(parcel.number()));
        remove(parcel);
        known.ifPresent(told -> {
            this.told.replaceAll((number, more) -> more.minus(told));
            lose(lost.minus(told));
        });
    }

    /** The server will never take it: it goes into a folder of its own, for somebody to look at. */
    synchronized void refuse(Parcel parcel) {
        try {
            Path aside = folder.resolve("refused");
            byte[] body = parcel.bytes(folder);
            DurableFile.replaceDurably(parcel.in(aside), out -> out.write(body));
            forgetRefused(aside);
        } catch (IOException e) {
            fail(e);
        }
        refused++;
        lose(lost.plusRefused(Instant.now()));
        remove(parcel);
    }

    private static void forgetRefused(Path aside) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(aside, "[0-9]*")) {
            files.forEach(all::add);
        }
        all.sort(Comparator.comparing(file -> file.toString().replaceFirst("/[0-9]+~([^/]*)$", "$1")));
        for (Path old : all.subList(0, Math.max(0, all.size() - SET_ASIDE))) {
            Files.delete(old);
        }
    }

    /** Writes to the disk what is only in memory, the oldest first. */
    synchronized void settle() {
        try {
            for (Parcel parcel : parcels) {
                if (parcel.isInMemory()) {
                    byte[] body = parcel.bytes(folder);
                    DurableFile.replaceDurably(parcel.in(folder), out -> out.write(body));
                    parcel.forgetBody();
                }
            }
            problem = Optional.empty();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void limit() {
        long now = System.nanoTime();
        while (!parcels.isEmpty() && now - parcels.peek().since() > mostNanos) {
            drop(parcels.peek());
        }
        while (parcels.size() > 1 && bytes() > mostBytes) {
            drop(parcels.peek());
        }
        while (inMemory() > MEMORY && parcels.size() > 1) {
            drop(parcels.stream().filter(Parcel::isInMemory).findFirst().orElseThrow());
        }
    }

    private void drop(Parcel parcel) {
        dropped++;
        lose(lost.plusDropped(Instant.now()));
        remove(parcel);
    }

    private void remove(Parcel parcel) {
        parcels.remove(parcel);
        told.remove(parcel.number());
        try {
            Files.deleteIfExists(parcel.in(folder));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void lose(Lost now) {
        lost = now;
        Map<String, Object> tree = LostJson.of(now);
        try {
            DurableFile.replaceDurably(
                    folder.resolve(LOST), out -> out.write(JsonText.line(tree).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        IoReason reason = IoReason.of(e);
        problem = Optional.of(
                Diagnostic.warning(Code.STATE, "Reports wait in memory", reason.sentence() + " A restart loses them.")
                        .suggest(reason.advice()));
    }

    synchronized int count() {
        return parcels.size();
    }

    synchronized long bytes() {
        return parcels.stream().mapToLong(Parcel::size).sum();
    }

    private long inMemory() {
        return parcels.stream()
                .filter(Parcel::isInMemory)
                .mapToLong(Parcel::size)
                .sum();
    }

    /** What no report that has arrived has told of. */
    synchronized Lost lost() {
        return lost;
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized long refused() {
        return refused;
    }

    synchronized Optional<Diagnostic> problem() {
        return problem;
    }
}
