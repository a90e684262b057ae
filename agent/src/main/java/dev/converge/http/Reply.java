package dev.converge.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client gets.
 *
 * @param status such as 200
 * @param mediaType of the body
 * @param body only read, and by several at once
 * @param headers more of them, besides those of length and type
 */
public record Reply(int status, String mediaType, ByteBuffer body, Map<String, String> headers) {
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** A line for people. */
    public static Reply text(int status, String text) {
        ByteBuffer body = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return new Reply(status, "text/plain; charset=utf-8", body, Map.of());
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, mediaType, body, all);
    }
}
