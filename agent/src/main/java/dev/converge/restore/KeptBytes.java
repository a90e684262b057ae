package dev.converge.restore;

import dev.converge.model.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Base64;

/** Content that was kept beside the values that it belongs to. */
final class KeptBytes implements Content {
    private final byte[] bytes;

    private KeptBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static KeptBytes ofBase64(String text) {
        return new KeptBytes(Base64.getDecoder().decode(text));
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public boolean isSensitive() {
        return false;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public String toString() {
        return Content.describe(this);
    }
}
