package dev.converge.serve;

import dev.converge.diagnostic.Letters;
import dev.converge.http.Asked;
import dev.converge.http.Reply;
import dev.converge.model.Secret;

/** Lines of the access log: who asked what, and what came of it. No token gets into one, and no query. */
final class AccessLines {
    private static final int LONGEST = 300;
    private static final int PARTS_WITH_TOKEN = 4;

    private final Editions editions;

    AccessLines(Editions editions) {
        this.editions = editions;
    }

    String of(Asked asked, Reply reply, long nanos) {
        int bytes = reply.status() == 304 ? 0 : reply.body().remaining();
        return Letters.oneLine(asked.from() + " " + asked.method() + " " + path(asked) + " " + reply.status() + " "
                + bytes + " " + nanos / 1000 + " us");
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
