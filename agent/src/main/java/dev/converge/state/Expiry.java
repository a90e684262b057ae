package dev.converge.state;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which backups go. What was kept again later for the same path goes with age. Where the size is too much, the oldest go
 * before, first those that were kept again later, then the last ones of their path. What the last run kept always stays.
 */
final class Expiry {
    private final List<IndexLine> lines;
    private final Map<IndexLine, Set<String>> contents = new HashMap<>();
    private final Map<String, IndexLine> latest = new HashMap<>();
    private final String lastRun;

    private Expiry(List<IndexLine> lines, String lastRun) {
        this.lines = lines;
        this.lastRun = lastRun;
    }

    /** @param lines oldest first, as they were written; the order counts, whatever the clock has said */
    static Expiry of(List<IndexLine> lines, ObjectStore objects, String lastRun) throws IOException {
        Expiry expiry = new Expiry(lines, lastRun);
        for (IndexLine line : lines) {
            expiry.contents.put(line, line.digests(objects));
            expiry.latest.put(line.path(), line);
        }
        return expiry;
    }

    /** The lines that stay, in their order. */
    Set<IndexLine> kept(Instant oldest, long mostBytes, ObjectSizes sizes) {
        Set<IndexLine> kept = new LinkedHashSet<>(lines);
        kept.removeIf(line -> isSuperseded(line) && line.time().orElseThrow().isBefore(oldest));
        Map<String, Integer> uses = uses(kept);
        long bytes = sizes.of(uses.keySet())
                + kept.stream().mapToLong(line -> line.text().length()).sum();
        for (IndexLine line : inOrderOfWorth(kept)) {
            if (bytes <= mostBytes) {
                break;
            }
            kept.remove(line);
            bytes -= line.text().length();
            for (String digest : contents.get(line)) {
                if (uses.merge(digest, -1, Integer::sum) == 0) {
                    bytes -= sizes.of(digest);
                }
            }
        }
        return kept;
    }

    private boolean isSuperseded(IndexLine line) {
        return isOfEarlierRun(line) && !line.equals(latest.get(line.path()));
    }

    private boolean isOfEarlierRun(IndexLine line) {
        return !line.run().equals(lastRun);
    }

    private Map<String, Integer> uses(Set<IndexLine> of) {
        Map<String, Integer> uses = new HashMap<>();
        for (IndexLine line : of) {
            contents.get(line).forEach(digest -> uses.merge(digest, 1, Integer::sum));
        }
        return uses;
    }

    /** Those that may go, the least worth first. */
    private List<IndexLine> inOrderOfWorth(Set<IndexLine> kept) {
        List<IndexLine> order =
                new ArrayList<>(kept.stream().filter(this::isSuperseded).toList());
        order.addAll(kept.stream()
                .filter(this::isOfEarlierRun)
                .filter(line -> !isSuperseded(line))
                .toList());
        return order;
    }

    /** The contents that putting back these lines takes. */
    Set<String> digests(Set<IndexLine> of) {
        Set<String> digests = new HashSet<>();
        of.forEach(line -> digests.addAll(contents.get(line)));
        return digests;
    }
}
