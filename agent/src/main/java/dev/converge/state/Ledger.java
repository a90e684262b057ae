package dev.converge.state;

import dev.converge.converger.Debts;
import dev.converge.model.ResourceId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Adds up what runs left to do, line by line from their journals, the oldest run first: each goes on from what the ones
 * before it owed.
 */
final class Ledger {
    private final Set<ResourceId> unfinished = new LinkedHashSet<>();
    private final Set<ResourceId> refreshes = new LinkedHashSet<>();
    private final Set<Path> temporaries = new LinkedHashSet<>();

    /** Changes that the run at hand has begun, with those that they notify. */
    private final Map<ResourceId, Set<ResourceId>> begun = new LinkedHashMap<>();

    /** Per debt, the name of who has made it; the run at hand tells of those that are not its own. */
    private final Map<ResourceId, String> owners = new HashMap<>();

    private final Map<ResourceId, String> others = new HashMap<>();

    void add(PastJournal journal) {
        Set<ResourceId> before = ids();
        others.clear();
        journal.events().forEach(this::add);
        // The run was killed in the middle of these: they may have been made.
        begun.forEach((id, notified) -> {
            unfinished.add(id);
            refreshes.addAll(notified);
        });
        begun.clear();
        for (ResourceId id : ids()) {
            if (!before.contains(id)) {
                owners.put(id, journal.debtor().name());
            }
        }
        owners.putAll(others);
    }

    private Set<ResourceId> ids() {
        Set<ResourceId> ids = new LinkedHashSet<>(unfinished);
        ids.addAll(refreshes);
        return ids;
    }

    private void add(JsonNode line) {
        switch (line.path("event").asString("")) {
            case "started" -> id(line).ifPresent(id -> begun.put(id, ids(line, "notifies")));
            case "done" -> id(line).ifPresent(this::done);
            case "failed" -> {
                id(line).ifPresent(begun::remove);
                refreshes.addAll(ids(line, "notifies"));
            }
            case "refreshed" -> {
                id(line).ifPresent(refreshes::remove);
                refreshes.addAll(ids(line, "notifies"));
            }
            case "temporary" -> path(line).ifPresent(temporaries::add);
            case "left" ->
                ids(line, "debts")
                        .forEach(id -> others.put(id, line.path("owner").asString("")));
            case "ended" -> takeOver(line);
            default -> {
                // for people: planned, refreshing, and what a later version may add
            }
        }
    }

    private void done(ResourceId id) {
        Set<ResourceId> notified = begun.remove(id);
        unfinished.remove(id);
        if (notified != null) {
            refreshes.addAll(notified);
        }
    }

    /** A run that comes to its end says what is left of all that was owed. */
    private void takeOver(JsonNode line) {
        begun.clear();
        temporaries.clear();
        unfinished.clear();
        unfinished.addAll(ids(line, "unfinished"));
        refreshes.clear();
        refreshes.addAll(ids(line, "owed"));
    }

    Debts debts() {
        return new Debts(unfinished, refreshes);
    }

    Map<ResourceId, String> owners() {
        owners.keySet().retainAll(ids());
        return owners;
    }

    Set<Path> temporaries() {
        return temporaries;
    }

    private static Optional<ResourceId> id(JsonNode line) {
        return id(line.path("id").asString(""));
    }

    private static Set<ResourceId> ids(JsonNode line, String name) {
        Set<ResourceId> ids = new LinkedHashSet<>();
        line.path(name).forEach(one -> id(one.asString("")).ifPresent(ids::add));
        return ids;
    }

    /** From the form in which ids are printed. */
    private static Optional<ResourceId> id(String text) {
        int bracket = text.indexOf('[');
        return bracket > 0 && text.endsWith("]")
                ? Optional.of(
                        new ResourceId(text.substring(0, bracket), text.substring(bracket + 1, text.length() - 1)))
                : Optional.empty();
    }

    private static Optional<Path> path(JsonNode line) {
        try {
            return Optional.of(Path.of(line.path("path").asString(""))).filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
