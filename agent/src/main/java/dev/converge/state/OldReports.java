package dev.converge.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes room for new reports. The latest report of a failed run outlives all others: somebody has yet to look at it. */
final class OldReports {
    /** A report with the differences of thousands of files is large. */
    private static final LatestFiles LIMIT = new LatestFiles(50, 64L << 20);

    /** The exit status of a run in which something failed; it stands near the beginning, before all resources. */
    private static final Pattern FAILED = Pattern.compile("\\n  \"exit\": [46],?\\n");

    private static final int HEAD = 1 << 14;

    private OldReports() {}

    /** @param newestFirst all reports that are kept */
    static void forget(List<Path> newestFirst) throws IOException {
        List<Path> old = LIMIT.surplus(newestFirst);
        if (old.isEmpty()) {
            return;
        }
        Optional<Path> failed = lastFailed(newestFirst);
        for (Path report : old) {
            if (failed.filter(report::equals).isEmpty()) {
                Files.delete(report);
            }
        }
    }

    private static Optional<Path> lastFailed(List<Path> newestFirst) throws IOException {
        for (Path report : newestFirst) {
            try (InputStream in = Files.newInputStream(report)) {
                String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
                if (FAILED.matcher(head).find()) {
                    return Optional.of(report);
                }
            }
        }
        return Optional.empty();
    }
}
