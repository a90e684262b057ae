package dev.converge.target;

import java.util.Arrays;

/**
 * What came of rendering.
 *
 * @param bytes of it
 * @param mediaType what it is for HTTP, such as {@code text/cloud-config; charset=utf-8}
 * @param isText whether it can be shown on a terminal
 */
public record Rendered(byte[] bytes, String mediaType, boolean isText) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Rendered rendered
                && Arrays.equals(rendered.bytes, bytes)
                && rendered.mediaType.equals(mediaType)
                && rendered.isText == isText;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return mediaType + ", " + bytes.length + " bytes";
    }
}
