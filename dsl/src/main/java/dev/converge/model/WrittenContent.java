package dev.converge.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Content that stands in the manifest itself: as text, or as base64 for bytes that are no text. */
public final class WrittenContent implements Content {
    private final Text text;
    private final boolean base64;

    WrittenContent(Text text, boolean base64) {
        this.text = text;
        this.base64 = base64;
    }

    /**
     * The bytes that the text stands for in base64; line breaks in it do not count.
     *
     * @throws InvalidValueException when the text is no base64
     */
    public WrittenContent decoded() {
        WrittenContent decoded = new WrittenContent(text, true);
        try {
            decoded.bytes();
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(
                    "The content is not base64.", "Give it as 'base64 < file' prints it, or leave the encoding out.");
        }
        return decoded;
    }

    @Override
    public byte[] bytes() {
        String written = text.reveal();
        return base64
                ? Base64.getDecoder().decode(written.replaceAll("\\s", ""))
                : written.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long size() {
        return bytes().length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes());
    }

    @Override
    public boolean isSensitive() {
        return text.isSensitive();
    }

    @Override
    public List<Secret> secrets() {
        return text.secrets();
    }

    /** One encoding of the text serves both the length and the bytes: this is what a run in sync does all day. */
    @Override
    public boolean satisfiedBy(Content observed) {
        if (this == observed) {
            return true;
        }
        byte[] bytes = bytes();
        return bytes.length == observed.size() && Arrays.equals(bytes, observed.bytes());
    }

    @Override
    public String identity() {
        return base64 + text.reveal();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WrittenContent content && content.base64 == base64 && content.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return Content.describe(this);
    }
}
