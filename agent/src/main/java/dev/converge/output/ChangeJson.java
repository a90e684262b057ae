package dev.converge.output;

import dev.converge.model.Content;
import dev.converge.model.Redactor;
import dev.converge.model.Secret;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.FileEdit;
import dev.converge.report.Cause;
import dev.converge.report.Causes;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A change for programs, in reports and plans alike; secrets are masked. */
public final class ChangeJson {
    private final ChangeText changes;
    private final Redactor redactor;

    public ChangeJson(TypeRegistry types, Redactor redactor) {
        this.changes = new ChangeText(types, redactor);
        this.redactor = redactor;
    }

    /** Adds what the change is about: its action, attributes, difference and files. */
    public void put(Change<?> change, Map<String, Object> tree) {
        put(change, Optional.empty(), tree);
    }

    /** The same with who moved in each attribute, the manifest or the host, where that is known. */
    void put(Change<?> change, Optional<Causes> causes, Map<String, Object> tree) {
        tree.put("action", change.action().name().toLowerCase(Locale.ROOT));
        List<Object> attributes = new ArrayList<>();
        change.attributes().forEach(attribute -> attributes.add(attribute(attribute, change.action(), causes)));
        tree.put("attributes", attributes);
        if (change.recreates()) {
            tree.put("recreated", true);
        }
        List<String> diff = changes.wholeDiff(change);
        if (!diff.isEmpty()) {
            tree.put("diff", text(diff));
        }
        if (!change.edits().isEmpty()) {
            List<Object> files = new ArrayList<>();
            change.edits().forEach(edit -> files.add(file(edit)));
            tree.put("files", files);
        }
    }

    private Map<String, Object> file(FileEdit edit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", redactor.redact(edit.path().toString()));
        tree.put("diff", text(changes.lines(edit)));
        return tree;
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private Map<String, Object> attribute(AttributeChange change, Action action, Optional<Causes> causes) {
        boolean sensitive = ChangeText.isSensitive(change);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", change.attribute().name());
        change.before().ifPresent(value -> tree.put("before", shown(value, sensitive)));
        tree.put("after", shown(change.after(), sensitive));
        if (action == Action.UPDATE && change.attribute().recreates()) {
            tree.put("recreates", true);
        }
        causes.map(known -> known.attributes().get(change.attribute().name()))
                .ifPresent(cause -> tree.put("cause", word(cause)));
        return tree;
    }

    static String word(Cause cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }

    private Object shown(Object value, boolean sensitive) {
        if (sensitive) {
            return Secret.MASK;
        }
        if (value instanceof Content content) {
            return Values.digest(content);
        }
        return masked(Optional.ofNullable(Values.plain(value)).orElse(""));
    }

    private Object masked(Object plain) {
        if (plain instanceof String text) {
            return redactor.redact(text);
        }
        if (plain instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(masked(one)));
            return all;
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(key.toString(), masked(one)));
            return all;
        }
        return plain;
    }
}
