package dev.converge.sink;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A resource that is not as the manifest says.
 *
 * @param id which
 * @param since when it was noticed first
 * @param noticedBy what the run came from that noticed it, such as {@code drift} or {@code interval}
 * @param corrective whether the host has moved, rather than the manifest
 * @param state what has become of it
 * @param ended when it was gone
 * @param what the change that it needs, as in reports: its action and attributes, secrets masked
 */
record Drift(
        String id,
        Instant since,
        String noticedBy,
        boolean corrective,
        State state,
        Optional<Instant> ended,
        Map<String, Object> what) {
    enum State {
        /** It is still there: the run may not or will not put it right, or waits for its window. */
        REPORTED,
        /** The run has put it right. */
        RESTORED,
        /** The run could not put it right. */
        FAILED,
        /** It went away otherwise. */
        GONE
    }

    Drift now(State state, Optional<Instant> ended) {
        return new Drift(id, since, noticedBy, corrective, state, ended, what);
    }

    /** The type of its resource. */
    String type() {
        return id.substring(0, id.indexOf('['));
    }

    Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", id);
        tree.put("since", since.toString());
        tree.put("noticedBy", noticedBy);
        tree.put("corrective", corrective);
        tree.put("state", state.name().toLowerCase(Locale.ROOT));
        ended.ifPresent(time -> tree.put("ended", time.toString()));
        tree.putAll(what);
        return tree;
    }

    /** Empty for what is none, which a damaged disk may have left. */
    static Optional<Drift> read(Object json) {
        if (!(json instanceof Map<?, ?> tree)) {
            return Optional.empty();
        }
        try {
            Map<String, Object> what = new LinkedHashMap<>();
            what(tree).forEach((key, value) -> what.put(String.valueOf(key), value));
            return Optional.of(new Drift(
                    text(tree, "id"),
                    Instant.parse(text(tree, "since")),
                    text(tree, "noticedBy"),
                    Boolean.TRUE.equals(tree.get("corrective")),
                    State.valueOf(text(tree, "state").toUpperCase(Locale.ROOT)),
                    Optional.empty(),
                    what));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The part of a resource's report that says what the change is. */
    static Map<String, Object> what(Map<?, ?> resource) {
        Map<String, Object> what = new LinkedHashMap<>();
        for (String name : new String[] {"action", "attributes"}) {
            if (resource.get(name) != null) {
                what.put(name, resource.get(name));
            }
        }
        return what;
    }

    private static String text(Map<?, ?> tree, String name) {
        Object value = tree.get(name);
        if (value == null || (name.equals("id") && value.toString().indexOf('[') < 1)) {
            throw new IllegalArgumentException(name);
        }
        return value.toString();
    }
}
