package dev.converge.serve;

import dev.converge.http.Reply;
import dev.converge.schema.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a server is, for whoever watches it: {@code /healthz}. */
final class Health {
    private static final int OK = 200;

    private Health() {}

    static Reply of(Editions editions) {
        Standing standing = editions.standing();
        Renders current = editions.current();
        Edition edition = current.edition();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("status", standing.problem().isPresent() ? "behind" : "ok");
        tree.put("commit", edition.version().commit());
        tree.put("since", standing.since().toString());
        tree.put("hosts", edition.hosts().all().size());
        tree.put("unrendered", current.unrendered());
        tree.put("newest", standing.newest());
        standing.problem().ifPresent(problem -> tree.put("problem", problem));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JsonText.write(tree, json);
        return new Reply(OK, "application/json", ByteBuffer.wrap(json.toByteArray()), Map.of());
    }
}
