package dev.converge.plan;

import dev.converge.output.JsonReport;
import dev.converge.plan.PlannedChange.Digests;
import dev.converge.plan.PlannedChange.ShownAttribute;
import dev.converge.provider.Action;
import dev.converge.report.Origin;
import dev.converge.report.Run;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plan as its file has it, described in {@code docs/plans.md}.
 *
 * @param catalog digest of all that the manifest declares
 */
record PlanDocument(Basis basis, String catalog, Forecast forecast) {
    /** Which form the document has; a change that old readers would misread makes it another one. */
    static final String SCHEMA = "converge.plan/1";

    /** What the schemas of all forms begin with. */
    static final String SCHEMA_NAME = "converge.plan/";

    static final String SEAL = "seal";
    static final String SIGNATURE = "signature";

    private static final Set<String> COMPARED =
            Set.of("id", "action", "attributes", "recreated", "refreshed", "after", "expected", "digests");

    /** The whole document, sealed. */
    Map<String, Object> tree(PlanKey key) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("host", basis.run().host());
        tree.put("run", basis.run().id());
        tree.put("made", basis.run().started().toString());
        tree.put("site", basis.site().toString());
        tree.put("options", Map.of("tags", List.copyOf(basis.tags())));
        tree.put("origin", JsonReport.origin(basis.origin()));
        tree.put("facts", basis.facts());
        tree.put("catalog", catalog);
        tree.put("changes", forecast.changes().stream().map(PlanDocument::tree).toList());
        tree.put("failed", forecast.failed());
        Map<String, Object> keyTree = new LinkedHashMap<>();
        keyTree.put("id", key.host().id());
        keyTree.put("salt", key.salt());
        tree.put("key", keyTree);
        Map<String, Object> written = plain(tree);
        written.put(SEAL, key.seal(written));
        return written;
    }

    private static Map<String, Object> tree(PlannedChange change) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", change.id());
        change.action().ifPresent(action -> tree.put("action", action.name().toLowerCase(Locale.ROOT)));
        if (change.action().isPresent()) {
            tree.put(
                    "attributes",
                    change.attributes().stream().map(PlanDocument::tree).toList());
        }
        putIf(change.recreated(), "recreated", tree);
        tree.putAll(change.details());
        putIf(change.refreshed(), "refreshed", tree);
        change.after().ifPresent(id -> tree.put("after", id));
        putIf(change.expected(), "expected", tree);
        if (!change.digests().equals(Digests.NONE)) {
            Map<String, Object> digests = new LinkedHashMap<>();
            change.digests().observed().ifPresent(digest -> digests.put("observed", digest));
            change.digests().files().ifPresent(digest -> digests.put("files", digest));
            change.digests().desired().ifPresent(digest -> digests.put("desired", digest));
            tree.put("digests", digests);
        }
        return tree;
    }

    private static void putIf(boolean value, String name, Map<String, Object> tree) {
        if (value) {
            tree.put(name, true);
        }
    }

    private static Map<String, Object> tree(ShownAttribute attribute) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", attribute.name());
        attribute.before().ifPresent(value -> tree.put("before", value));
        tree.put("after", attribute.after());
        return tree;
    }

    /** The form that a value has after it was written and read again. */
    static Map<String, Object> plain(Map<?, ?> map) {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((name, value) -> all.put(name.toString(), plain(value)));
        return all;
    }

    private static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            return plain(map);
        }
        if (value instanceof Iterable<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(plain(one)));
            return all;
        }
        return value instanceof Number number ? new BigDecimal(number.toString()) : value;
    }

    /** Whether two values are the same, wherever each was read. */
    static boolean same(Optional<Object> one, Optional<Object> other) {
        return one.map(PlanDocument::plain).equals(other.map(PlanDocument::plain));
    }

    /** Reads a document whose seal is whole, and which has the form that this class gives it for that reason. */
    static PlanDocument of(Map<?, ?> tree) {
        Run run = new Run(text(tree, "run"), text(tree, "host"), Instant.parse(text(tree, "made")));
        List<?> tags = list((Map<?, ?>) tree.get("options"), "tags");
        Set<String> wanted = new TreeSet<>();
        tags.forEach(tag -> wanted.add(tag.toString()));
        Map<String, Object> facts = new LinkedHashMap<>();
        ((Map<?, ?>) tree.get("facts")).forEach((name, value) -> facts.put(name.toString(), value));
        List<PlannedChange> changes = list(tree, "changes").stream()
                .map(change -> change((Map<?, ?>) change))
                .toList();
        List<String> failed =
                list(tree, "failed").stream().map(Object::toString).toList();
        return new PlanDocument(
                new Basis(run, Path.of(text(tree, "site")), wanted, origin((Map<?, ?>) tree.get("origin")), facts),
                text(tree, "catalog"),
                new Forecast(changes, failed));
    }

    private static Origin origin(Map<?, ?> tree) {
        return new Origin(
                find(tree, "commit"),
                Optional.ofNullable((Boolean) tree.get("modified")),
                text(tree, "sources"),
                text(tree, "facts"),
                find(tree, "data"));
    }

    private static PlannedChange change(Map<?, ?> tree) {
        Map<String, Object> details = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            if (!COMPARED.contains(name.toString())) {
                details.put(name.toString(), value);
            }
        });
        Map<?, ?> digests = (Map<?, ?>) tree.get("digests");
        return new PlannedChange(
                text(tree, "id"),
                find(tree, "action").map(word -> Action.valueOf(word.toUpperCase(Locale.ROOT))),
                list(tree, "attributes").stream()
                        .map(one -> attribute((Map<?, ?>) one))
                        .toList(),
                tree.containsKey("recreated"),
                tree.containsKey("refreshed"),
                find(tree, "after"),
                tree.containsKey("expected"),
                digests == null
                        ? Digests.NONE
                        : new Digests(find(digests, "observed"), find(digests, "files"), find(digests, "desired")),
                details);
    }

    private static ShownAttribute attribute(Map<?, ?> tree) {
        return new ShownAttribute(text(tree, "name"), Optional.ofNullable(tree.get("before")), tree.get("after"));
    }

    private static String text(Map<?, ?> tree, String name) {
        return tree.get(name).toString();
    }

    private static Optional<String> find(Map<?, ?> tree, String name) {
        return Optional.ofNullable(tree.get(name)).map(Object::toString);
    }

    private static List<?> list(Map<?, ?> tree, String name) {
        return tree.get(name) instanceof List<?> list ? list : List.of();
    }
}
