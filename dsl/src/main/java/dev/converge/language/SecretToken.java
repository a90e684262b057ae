package dev.converge.language;

/**
 * A secret inside a manifest: a marker that can be joined, interpolated and put through templates like any text, and
 * that becomes the secret again when it reaches an attribute. The value itself never is in a manifest's hands.
 */
public final class SecretToken implements CharSequence {
    private final String marker;

    SecretToken(String marker) {
        this.marker = marker;
    }

    @Override
    public int length() {
        return marker.length();
    }

    @Override
    public char charAt(int index) {
        return marker.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return marker.subSequence(start, end);
    }

    @Override
    public String toString() {
        return marker;
    }
}
