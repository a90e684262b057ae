package dev.converge.sink;

import dev.converge.model.Redactor;
import dev.converge.output.JsonReport;
import dev.converge.process.ThisProcess;
import dev.converge.report.Caller;
import dev.converge.report.Report;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the agent sends, as trees that {@code docs/report.md} describes. */
final class AgentJson {
    private static final String HEARTBEAT = "converge.heartbeat/1";
    private static final int LONGEST_TEXT = 100;

    private final TypeRegistry types;

    AgentJson(TypeRegistry types) {
        this.types = types;
    }

    /** A run without the agent's part. */
    Map<String, Object> run(SentReport sent) {
        if (sent.report().isPresent()) {
            Report report = sent.report().get().with(sent.problems());
            Report signed = report.caller().isPresent() ? report : report.by(caller());
            return new JsonReport(types, sent.secrets()).of(signed, sent.exit());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        Map<String, Object> refused = JsonReport.refused(sent.problems(), false, sent.exit());
        tree.put("schema", refused.get("schema"));
        tree.put("run", sent.run().id());
        tree.put("host", sent.run().host());
        tree.put("started", sent.run().started().toString());
        refused.forEach(tree::putIfAbsent);
        return tree;
    }

    private static Caller caller() {
        return new Caller(
                Version.OURS,
                "converge agent run",
                ThisProcess.uid(),
                System.getProperty("user.name", ""),
                Optional.empty());
    }

    /** The agent's part: how it came to the run, and what it has noticed. */
    static Map<String, Object> agent(SentReport sent, List<Drift> drift, Map<String, Lost> lost) {
        Occasion occasion = sent.occasion();
        Redactor redactor = Redactor.of(sent.secrets());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("trigger", occasion.trigger());
        tree.put("environment", redactor.redact(occasion.environment()));
        occasion.commit().ifPresent(commit -> tree.put("commit", commit));
        occasion.signer().ifPresent(signer -> tree.put("signer", redactor.redact(signer)));
        occasion.noticed().ifPresent(noticed -> tree.put("noticed", noticed.toString()));
        tree.put("whole", occasion.whole());
        tree.put("drift", drift.stream().map(Drift::json).toList());
        List<Object> gone = new ArrayList<>();
        lost.forEach((sink, what) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("sink", sink);
            one.putAll(LostJson.of(what));
            gone.add(one);
        });
        tree.put("lost", gone);
        return tree;
    }

    /** Less than 1 KiB, whatever people write. */
    static Map<String, Object> heartbeat(Heartbeat beat, Optional<LastRun> last, int drift, int waiting) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", HEARTBEAT);
        tree.put("run", beat.run().id());
        tree.put("host", shortened(beat.run().host()));
        tree.put("started", beat.run().started().toString());
        tree.put("version", Version.OURS);
        tree.put("environment", shortened(beat.environment()));
        beat.commit().ifPresent(commit -> tree.put("commit", commit));
        beat.disabled().ifPresent(why -> tree.put("disabled", shortened(why)));
        last.ifPresent(run -> tree.put("last", run.json()));
        tree.put("drift", drift);
        tree.put("waiting", waiting);
        return tree;
    }

    /** So short that not even the longest escapes take it all too far. */
    private static String shortened(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT) + "…";
    }
}
