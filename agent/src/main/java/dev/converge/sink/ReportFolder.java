package dev.converge.sink;

import dev.converge.state.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder of reports, each a file that only its owner reads: {@code RUN.json}, and the last {@code heartbeat.json}. */
final class ReportFolder implements Errands.Way {
    private static final String HEARTBEAT = "heartbeat.json";

    private final SinkSettings.FileSink settings;
    private final Path folder;

    /** @param usual where, when nothing else is said */
    ReportFolder(SinkSettings.FileSink settings, Path usual) {
        this.settings = settings;
        this.folder = settings.folder().orElse(usual);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void hand(Document document, boolean heartbeat) throws IOException {
        Path file = folder.resolve(heartbeat ? HEARTBEAT : document.run() + ".json");
        byte[] bytes = document.json().getBytes(StandardCharsets.UTF_8);
        DurableFile.replaceDurably(file, out -> out.write(bytes));
        if (!heartbeat) {
            forgetOld(file);
        }
    }

    /** Only what has the name of a run is ours to remove; the newest stays, however old. */
    private void forgetOld(Path newest) throws IOException {
        List<Path> runs = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "[0-9]*T*Z-[0-9]*.json")) {
            found.forEach(runs::add);
        }
        runs.sort(Comparator.reverseOrder());
        Instant oldest = Instant.now().minus(settings.keepFor());
        int seen = 0;
        for (Path run : runs) {
            seen++;
            boolean old = Files.getLastModifiedTime(run).toInstant().isBefore(oldest);
            if (!run.equals(newest) && (seen > settings.keep() || old)) {
                Files.deleteIfExists(run);
            }
        }
    }
}
