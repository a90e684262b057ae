package dev.converge.sink;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Redactor;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.schema.JsonText;
import dev.converge.schema.JsonTree;
import dev.converge.sink.Drift.State;
import dev.converge.state.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is not as it should be, and since when, over runs and restarts. It also knows what was told last, so that the same
 * is not told at length again in each run.
 */
final class DriftLedger {
    private final Path file;
    private final Map<String, Drift> open = new LinkedHashMap<>();
    private final Map<String, String> conditions = new TreeMap<>();
    private String problems = "";

    private DriftLedger(Path file) {
        this.file = file;
    }

    /** What an earlier process has written; nothing when there is nothing to read. */
    static DriftLedger open(Path file) {
        DriftLedger ledger = new DriftLedger(file);
        try {
            if (Files.exists(file)) {
                JsonTree.object(Files.readString(file)).ifPresent(ledger::read);
            }
        } catch (IOException e) {
            ledger.open.clear();
        }
        return ledger;
    }

    private void read(Map<String, Object> tree) {
        if (tree.get("drift") instanceof List<?> list) {
            list.forEach(one -> Drift.read(one).ifPresent(drift -> open.put(drift.id(), drift)));
        }
        if (tree.get("conditions") instanceof Map<?, ?> map) {
            map.forEach((id, word) -> conditions.put(id.toString(), String.valueOf(word)));
        }
        problems = Objects.toString(tree.get("problems"), "");
    }

    /** What is open now. */
    List<Drift> open() {
        return List.copyOf(open.values());
    }

    /**
     * What a run has to tell.
     *
     * @param drift what is not as it should be, and what was until this run
     * @param news whether anything is otherwise than it was told last
     * @param unkept why a restart forgets it
     */
    record Findings(List<Drift> drift, boolean news, Optional<IOException> unkept) {}

    /** @param tree the report as a document, with its secrets masked */
    Findings take(SentReport sent, Map<String, Object> tree) {
        String before = text();
        List<Drift> drift = new ArrayList<>();
        boolean changed = false;
        if (sent.report().isPresent()) {
            Report report = sent.report().get();
            changed = report.changedTheHost() || !report.noLongerManaged().isEmpty();
            drift.addAll(resources(sent, report, (List<?>) tree.get("resources")));
        }
        problems = Redactor.of(sent.secrets())
                .redact(String.join(
                        "\n", sent.problems().stream().map(Diagnostic::detail).toList()));
        drift.addAll(open.values());
        String after = text();
        boolean moved = !after.equals(before);
        return new Findings(drift, changed || moved, moved ? keep(after) : Optional.empty());
    }

    private Optional<IOException> keep(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            DurableFile.replaceDurably(file, out -> out.write(bytes));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** Those that have ended with this run. */
    private List<Drift> resources(SentReport sent, Report report, List<?> trees) {
        List<Drift> ended = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < trees.size(); i++) {
            ResourceReport resource = report.resources().get(i);
            String id = resource.declared().id().toString();
            seen.add(id);
            condition(id, resource, (Map<?, ?>) trees.get(i));
            look(sent, resource, (Map<?, ?>) trees.get(i)).ifPresent(ended::add);
        }
        if (sent.occasion().whole()) {
            conditions.keySet().retainAll(seen);
            for (Drift drift : open()) {
                if (!seen.contains(drift.id())) {
                    ended.add(end(drift, State.GONE, sent));
                }
            }
        }
        return ended;
    }

    private void condition(String id, ResourceReport resource, Map<?, ?> tree) {
        Outcome outcome = resource.outcome();
        boolean lasts = outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Pending
                || outcome instanceof Outcome.PendingRefresh
                || (outcome instanceof Outcome.Skipped skipped
                        && !(skipped.because() instanceof Outcome.Because.NotTagged));
        if (lasts) {
            conditions.put(id, String.valueOf(tree.get("outcome")));
        } else {
            conditions.remove(id);
        }
    }

    private Optional<Drift> look(SentReport sent, ResourceReport resource, Map<?, ?> tree) {
        Optional<Drift> known =
                Optional.ofNullable(open.get(resource.declared().id().toString()));
        Outcome outcome = resource.outcome();
        if (outcome instanceof Outcome.Changed) {
            Optional<Drift> drift = known.or(
                    () -> resource.isCorrective() ? Optional.of(found(sent, resource, tree)) : Optional.empty());
            return drift.map(one -> end(one, State.RESTORED, sent));
        }
        if (outcome instanceof Outcome.InSync || outcome instanceof Outcome.NotRefreshed) {
            return known.map(one -> end(one, State.GONE, sent));
        }
        if (outcome instanceof Outcome.Pending) {
            Drift found = found(sent, resource, tree);
            keep(known.map(one -> as(one, found)).orElse(found));
        }
        if (outcome instanceof Outcome.Failed && (known.isPresent() || resource.isCorrective())) {
            keep(known.orElseGet(() -> found(sent, resource, tree)).now(State.FAILED, Optional.empty()));
        }
        return Optional.empty();
    }

    private void keep(Drift drift) {
        open.put(drift.id(), drift);
    }

    /** The same drift, which may have grown. */
    private static Drift as(Drift known, Drift found) {
        return new Drift(
                known.id(),
                known.since(),
                known.noticedBy(),
                found.corrective(),
                State.REPORTED,
                Optional.empty(),
                found.what());
    }

    private Drift end(Drift drift, State state, SentReport sent) {
        open.remove(drift.id());
        return drift.now(state, Optional.of(sent.run().started()));
    }

    private static Drift found(SentReport sent, ResourceReport resource, Map<?, ?> tree) {
        Instant since = sent.occasion().noticed().orElse(sent.run().started());
        return new Drift(
                resource.declared().id().toString(),
                since,
                sent.occasion().trigger(),
                resource.isCorrective(),
                State.REPORTED,
                Optional.empty(),
                Drift.what(tree));
    }

    private String text() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("drift", open.values().stream().map(Drift::json).toList());
        tree.put("conditions", conditions);
        tree.put("problems", problems);
        return JsonText.line(tree);
    }
}
