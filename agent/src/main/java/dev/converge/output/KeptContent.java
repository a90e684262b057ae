package dev.converge.output;

import dev.converge.model.Content;
import dev.converge.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a kept report knows of a content that may be gone by now: not the bytes, but what was said of them.
 *
 * @param sha256 its digest; empty when it is not to be shown
 * @param size in bytes
 * @param diff how it differs from what was there before
 */
record KeptContent(Optional<String> sha256, long size, List<String> diff) implements Content {

    /** @param shown a value in a report: digest and size, or the mask */
    static Optional<KeptContent> of(Object shown, List<String> diff) {
        if (shown instanceof Map<?, ?> map
                && map.get("sha256") instanceof String sha256
                && map.get("size") instanceof Number size) {
            Optional<String> digest = Optional.of(sha256).filter(text -> !text.equals(Secret.MASK));
            return Optional.of(new KeptContent(digest, size.longValue(), diff));
        }
        return Secret.MASK.equals(shown) ? Optional.of(new KeptContent(Optional.empty(), 0, diff)) : Optional.empty();
    }

    @Override
    public boolean isSensitive() {
        return sha256.isEmpty();
    }

    @Override
    public Optional<String> digest() {
        return sha256;
    }

    @Override
    public InputStream open() throws IOException {
        throw new IOException("a report keeps no contents");
    }
}
