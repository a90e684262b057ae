package dev.converge.state;

import dev.converge.report.Counts;
import dev.converge.report.Report;
import dev.converge.report.RunKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps what live runs have to tell: {@code last-run.json}, a few numbers for monitoring, after every run, and the whole
 * report in {@code reports/} after a run in which not everything was in sync; the latest ones only. Dry runs leave
 * nothing.
 */
public final class ReportStore {
    /** Writes a whole report; secrets are masked. */
    public interface Format {
        void write(Report report, OutputStream out) throws IOException;
    }

    private final StateDirectory state;
    private final Format format;

    public ReportStore(StateDirectory state, Format format) {
        this.state = state;
        this.format = format;
    }

    public void keep(Report report) throws IOException {
        if (report.kind() == RunKind.DRY_RUN) {
            return;
        }
        byte[] summary = summary(report);
        DurableFile.replace(state.lastRun(), out -> out.write(summary));
        keepWhole(report);
    }

    /** The same for a run of some resources, whose numbers say nothing of the host: it leaves none. */
    public void keepPart(Report report) throws IOException {
        if (report.kind() == RunKind.LIVE) {
            keepWhole(report);
        }
    }

    private void keepWhole(Report report) throws IOException {
        if (report.allInSync()) {
            return;
        }
        Path file = state.reports().resolve(report.run().id() + ".json");
        DurableFile.replace(file, out -> format.write(report, out));
        OldReports.forget(List.copyOf(new KeptReports(state).all().values()));
    }

    /** By hand, because every run in sync comes here: loading a JSON library takes longer than all else it does. */
    private static byte[] summary(Report report) {
        Counts counts = report.counts();
        StringBuilder json = new StringBuilder("{\"schema\":\"converge.last-run/1\"");
        text(json, "run", report.run().id());
        text(json, "host", report.run().host());
        number(json, "started", report.run().started().getEpochSecond());
        number(json, "ended", Math.max(report.run().started().getEpochSecond(), System.currentTimeMillis() / 1000));
        number(json, "exit", report.exitStatus(true));
        json.append(",\"interrupted\":").append(report.interrupted());
        number(json, "inSync", counts.inSync());
        number(json, "changed", counts.changed());
        number(json, "pending", counts.pending());
        number(json, "failed", counts.failed());
        number(json, "skipped", counts.skipped());
        return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void number(StringBuilder json, String name, long value) {
        json.append(",\"").append(name).append("\":").append(value);
    }

    private static void text(StringBuilder json, String name, String value) {
        json.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char letter = value.charAt(i);
            boolean plain = letter >= ' ' && letter != '"' && letter != '\\';
            json.append(plain ? letter : '?');
        }
        json.append('"');
    }
}
