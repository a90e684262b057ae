package dev.converge.serve;

import dev.converge.diagnostic.Letters;
import dev.converge.http.Asked;
import dev.converge.http.Refused;
import dev.converge.http.Reply;
import dev.converge.model.Secret;
import java.util.Optional;

/** Lines of the access log: who asked what, what came of it, and why not more. No token gets into one, and no query. */
final class AccessLines {
    private static final int LONGEST = 300;
    private static final int PARTS_WITH_TOKEN = 4;

    private final Editions editions;

    AccessLines(Editions editions) {
        this.editions = editions;
    }

    /** @param why the client, who learns nothing of it, did not get what it asked for */
    String of(Asked asked, Reply reply, long nanos, Optional<String> why) {
        int bytes = reply.status() == 304 ? 0 : reply.body().remaining();
        return Letters.oneLine(
                asked.from() + " " + asked.method() + " " + path(asked) + " " + reply.status() + " " + bytes + " "
                        + nanos / 1000 + " us" + why.map(text -> ": " + text).orElse(""));
    }

    /** What it was that the client asked is not known, so a hyphen stands for it. */
    String of(Refused refused) {
        String status = refused.status().map(String::valueOf).orElse("-");
        return refused.from() + " - - " + status + " " + refused.bytes() + " 0 us: " + refused.why();
    }

    /** Where a token belongs, whatever stands there is none of a log's business; elsewhere, a token that is known. */
    private String path(Asked asked) {
        String[] parts = asked.path().split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            boolean place = i == 1 && parts.length >= PARTS_WITH_TOKEN;
            if (place
                    || (parts[i].length() >= 16
                            && editions.current().edition().hosts().isToken(parts[i]))) {
                parts[i] = Secret.MASK;
            }
        }
        String path = String.join("/", parts);
        return path.length() > LONGEST ? path.substring(0, LONGEST) + "…" : path;
    }
}
