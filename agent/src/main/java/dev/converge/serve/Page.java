package dev.converge.serve;

import dev.converge.http.Asked;
import dev.converge.http.Reply;
import dev.converge.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Something that can be fetched.
 *
 * @param body only read
 * @param tag a strong validator (RFC 9110, 8.8.3): the same for the same bytes, whatever commit they are of
 */
record Page(ByteBuffer body, String mediaType, String tag) {
    private static final int TAG_DIGITS = 32;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    static Page of(byte[] bytes, String mediaType) {
        String digest = Sha256.hex(bytes).substring(0, TAG_DIGITS);
        return new Page(ByteBuffer.wrap(bytes), mediaType, "\"" + digest + "\"");
    }

    static Page text(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
    }

    /** The whole of it, unless the client has just that. */
    Reply reply(Asked asked, boolean mayBeKept) {
        Map<String, String> headers = Map.of("ETag", tag, "Cache-Control", mayBeKept ? "no-cache" : "no-store");
        return new Reply(
                asked.header("If-None-Match").filter(this::isMatched).isPresent() ? NOT_MODIFIED : OK,
                mediaType,
                body,
                headers);
    }

    /** By the weak comparison, as that header wants it (RFC 9110, 13.1.2). */
    private boolean isMatched(String tags) {
        for (String one : tags.split(",")) {
            String bare = one.strip();
            if (bare.equals("*") || bare.equals(tag) || bare.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }
}
