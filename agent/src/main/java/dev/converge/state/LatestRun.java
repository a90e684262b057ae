package dev.converge.state;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the run before this one, so that ids sort by the order of runs even when the clock was put back between them. */
final class LatestRun {
    private static final String FIELD = "\"run\":\"";

    private final StateDirectory state;
    private final List<Diagnostic> warnings = new ArrayList<>();
    private String latest = "";

    LatestRun(StateDirectory state) {
        this.state = state;
    }

    /** The greatest id of a run that has left its numbers, a journal or a report; empty without any. */
    String id() throws IOException {
        consider(summary());
        consider(state.journals());
        consider(state.reports());
        return latest;
    }

    /** What was found damaged and set aside. */
    List<Diagnostic> warnings() {
        return warnings;
    }

    /** By hand, because every run comes here: a JSON library takes longer to load than all else a short run does. */
    private String summary() throws IOException {
        if (!Files.exists(state.lastRun())) {
            return "";
        }
        String text = Files.readString(state.lastRun(), StandardCharsets.ISO_8859_1);
        int start = text.indexOf(FIELD) + FIELD.length();
        int end = text.indexOf('"', start);
        if (text.startsWith("{") && text.strip().endsWith("}") && start >= FIELD.length() && end > start) {
            return text.substring(start, end);
        }
        warnings.add(Damage.setAside(state.lastRun(), "is no JSON, or not whole"));
        return "";
    }

    private void consider(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                int dot = name.indexOf(".json");
                consider(dot < 0 ? "" : name.substring(0, dot));
            }
        }
    }

    private void consider(String id) {
        if (id.compareTo(latest) > 0 && Run.isId(id)) {
            latest = id;
        }
    }
}
