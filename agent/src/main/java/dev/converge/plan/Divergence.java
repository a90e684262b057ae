package dev.converge.plan;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.plan.PlannedChange.ShownAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a host has moved since its plan was made: what was foreseen then beside what is foreseen now. */
final class Divergence {
    private Divergence() {}

    /** One problem for each resource that would be treated otherwise than was planned, in the order of the catalog. */
    static List<Diagnostic> of(Forecast planned, Forecast now, Catalog catalog) {
        Map<String, PlannedChange> before = byId(planned);
        Map<String, PlannedChange> after = byId(now);
        List<Diagnostic> moved = new ArrayList<>();
        for (Declared<?> declared : catalog.resources()) {
            String id = declared.id().toString();
            Optional<String> what = Optional.empty();
            if (before.containsKey(id)) {
                what = after.containsKey(id)
                        ? between(before.get(id), after.get(id))
                        : Optional.of(gone(before.get(id), now.failed().contains(id)));
            } else if (after.containsKey(id)) {
                what = Optional.of("it has drifted since: " + told(after.get(id)));
            } else if (now.failed().contains(id) && !planned.failed().contains(id)) {
                what = Optional.of("it cannot be judged any more");
            }
            what.ifPresent(text -> moved.add(Diagnostic.error(Code.PLAN, "Not as planned", id + ": " + text + ".")
                    .at(declared.source())));
        }
        return moved;
    }

    private static String gone(PlannedChange planned, boolean failed) {
        if (failed) {
            return "it cannot be judged any more";
        }
        return planned.action().isPresent() ? "it has nothing to change any more" : "nothing would refresh it any more";
    }

    private static Map<String, PlannedChange> byId(Forecast forecast) {
        Map<String, PlannedChange> all = new LinkedHashMap<>();
        forecast.changes().forEach(change -> all.put(change.id(), change));
        return all;
    }

    /** What differs between a change as it was planned and as it would be now; empty when nothing does. */
    static Optional<String> between(PlannedChange planned, PlannedChange now) {
        List<String> parts = new ArrayList<>();
        if (!planned.action().equals(now.action()) || planned.recreated() != now.recreated()) {
            parts.add("it would be " + verb(now) + ", and was to be " + verb(planned));
        }
        Set<String> names = new LinkedHashSet<>(planned.names());
        names.addAll(now.names());
        for (String name : names) {
            attribute(name, planned.attribute(name), now.attribute(name)).ifPresent(parts::add);
        }
        if (parts.isEmpty() && planned.expected() != now.expected()) {
            parts.add(now.expected() ? "it cannot be observed any more" : "it can be observed by now");
        }
        if (parts.isEmpty()
                && !planned.digests().observed().equals(now.digests().observed())) {
            parts.add("what was found on the host differs, in what is not shown");
        }
        if (parts.isEmpty() && !planned.digests().files().equals(now.digests().files())) {
            parts.add("other lines of its file have changed");
        }
        if (planned.refreshed() != now.refreshed()) {
            parts.add(now.refreshed() ? "it would be refreshed too" : "it would not be refreshed");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static Optional<String> attribute(
            String name, Optional<ShownAttribute> planned, Optional<ShownAttribute> now) {
        if (planned.isEmpty()) {
            return Optional.of(name + " differs from the manifest by now" + found(now.get()));
        }
        if (now.isEmpty()) {
            return Optional.of(name + " is as in the manifest by now");
        }
        boolean same = PlanDocument.same(planned.get().before(), now.get().before());
        return same
                ? Optional.empty()
                : Optional.of(name + " was " + shown(planned.get().before()) + ", and is "
                        + shown(now.get().before()));
    }

    private static String found(ShownAttribute attribute) {
        return attribute.before().isEmpty() ? "" : ": it is " + shown(attribute.before());
    }

    private static String shown(Optional<Object> value) {
        return value.map(Divergence::word).orElse("missing");
    }

    private static String word(Object value) {
        if (value instanceof Map<?, ?> content && content.containsKey("sha256")) {
            String digest = content.get("sha256").toString();
            return "sha256 " + digest.substring(0, Math.min(12, digest.length())) + "…";
        }
        return "\"" + value + "\"";
    }

    /** A change in a few words. */
    static String told(PlannedChange change) {
        List<String> parts = new ArrayList<>();
        change.action().ifPresent(action -> {
            String names = String.join(", ", change.names());
            parts.add("it would be " + verb(change) + (names.isEmpty() ? "" : " (" + names + ")"));
        });
        if (change.refreshed()) {
            parts.add("it would be refreshed");
        }
        return String.join(", ", parts);
    }

    private static String verb(PlannedChange change) {
        if (change.action().isEmpty()) {
            return "left as it is";
        }
        return switch (change.action().get()) {
            case CREATE -> "created";
            case UPDATE -> change.recreated() ? "made anew" : "updated";
            case DELETE -> "removed";
        };
    }
}
