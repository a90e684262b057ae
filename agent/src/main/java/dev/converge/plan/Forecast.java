package dev.converge.plan;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Redactor;
import dev.converge.model.Resource;
import dev.converge.output.ChangeJson;
import dev.converge.provider.Change;
import dev.converge.provider.Refresh;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a dry run foresaw, in a form in which two dry runs can be compared.
 *
 * @param changes in the order of the catalog; without what is in no-op or is only reported, since no run makes that
 * @param failed the resources that could not be judged, or come after one
 */
record Forecast(List<PlannedChange> changes, List<String> failed) {
    Forecast {
        changes = List.copyOf(changes);
        failed = List.copyOf(failed);
    }

    /** Puts what a dry run foresaw into this form. */
    static Forecast of(Report report, Catalog catalog, TypeRegistry types, Fingerprint prints) {
        Shape shape = new Shape(new ChangeJson(types, Redactor.of(catalog.secrets())), prints);
        List<PlannedChange> changes = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Map<String, List<String>> before = predecessors(catalog);
        Map<String, String> waiting = new LinkedHashMap<>();
        for (ResourceReport resource : report.resources()) {
            String id = resource.declared().id().toString();
            Optional<String> after = nearest(before.getOrDefault(id, List.of()), waiting);
            after.ifPresent(first -> waiting.put(id, first));
            if (isMissed(resource.outcome())) {
                failed.add(id);
            }
            Optional<PlannedChange> change = shape.of(resource, after);
            change.ifPresent(foreseen -> {
                changes.add(foreseen);
                waiting.put(id, id);
            });
        }
        return new Forecast(changes, failed);
    }

    private static boolean isMissed(Outcome outcome) {
        return outcome instanceof Outcome.Failed
                || (outcome instanceof Outcome.Skipped skipped
                        && !(skipped.because() instanceof Outcome.Because.NotTagged));
    }

    private static Map<String, List<String>> predecessors(Catalog catalog) {
        Map<String, List<String>> before = new LinkedHashMap<>();
        for (Edge edge : catalog.edges()) {
            before.computeIfAbsent(edge.to().toString(), id -> new ArrayList<>())
                    .add(edge.from().toString());
        }
        return before;
    }

    /** A planned one directly before it counts more than one further up. */
    private static Optional<String> nearest(List<String> before, Map<String, String> waiting) {
        return before.stream()
                .filter(id -> id.equals(waiting.get(id)))
                .findFirst()
                .or(() -> before.stream()
                        .filter(waiting::containsKey)
                        .map(waiting::get)
                        .findFirst());
    }

    Optional<PlannedChange> find(String id) {
        return changes.stream().filter(change -> change.id().equals(id)).findFirst();
    }

    /** Makes planned changes of outcomes. */
    private record Shape(ChangeJson json, Fingerprint prints) {
        Optional<PlannedChange> of(ResourceReport resource, Optional<String> after) {
            Declared<?> declared = resource.declared();
            if (declared.policy().isNoop()) {
                return Optional.empty();
            }
            if (resource.outcome() instanceof Outcome.Pending pending && !isOnlyReported(pending)) {
                return Optional.of(of(pending, declared, after));
            }
            if (resource.outcome() instanceof Outcome.PendingRefresh) {
                return Optional.of(new PlannedChange(
                        declared.id().toString(),
                        Optional.empty(),
                        List.of(),
                        false,
                        true,
                        after,
                        false,
                        PlannedChange.Digests.NONE,
                        Map.of("source", CatalogJson.source(declared.source()))));
            }
            return Optional.empty();
        }

        private static boolean isOnlyReported(Outcome.Pending pending) {
            return pending.hold().filter(Outcome.Hold.Drift.class::isInstance).isPresent();
        }

        private PlannedChange of(Outcome.Pending pending, Declared<?> declared, Optional<String> after) {
            Change<?> change = pending.change();
            Map<String, Object> shown = new LinkedHashMap<>();
            json.put(change, shown);
            shown.remove("action");
            shown.remove("recreated");
            List<PlannedChange.ShownAttribute> attributes = attributes(shown.remove("attributes"));
            shown.put("source", CatalogJson.source(declared.source()));
            return new PlannedChange(
                    declared.id().toString(),
                    Optional.of(change.action()),
                    attributes,
                    change.recreates(),
                    pending.refresh().filter(Refresh::isDone).isPresent(),
                    pending.once().<String>map(Object::toString).or(() -> after),
                    pending.once().isPresent(),
                    digests(change, pending.once().isPresent()),
                    shown);
        }

        private <R extends Resource> PlannedChange.Digests digests(Change<R> change, boolean expected) {
            return new PlannedChange.Digests(
                    expected ? Optional.empty() : Optional.of(prints.observed(change.declared(), change.before())),
                    expected || change.edits().isEmpty()
                            ? Optional.empty()
                            : Optional.of(prints.files(change.declared(), change.edits())),
                    Optional.of(prints.desired(change.declared())));
        }

        private static List<PlannedChange.ShownAttribute> attributes(Object trees) {
            List<PlannedChange.ShownAttribute> attributes = new ArrayList<>();
            for (Object tree : (List<?>) trees) {
                Map<?, ?> one = (Map<?, ?>) tree;
                attributes.add(new PlannedChange.ShownAttribute(
                        one.get("name").toString(), Optional.ofNullable(one.get("before")), one.get("after")));
            }
            return attributes;
        }
    }
}
