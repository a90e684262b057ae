package dev.converge.model;

import java.util.ArrayList;
import java.util.List;

/** Text that may have secrets in it: {@link #reveal()} is what goes to the host, {@link #toString()} is what is shown. */
public final class Text implements Sensitive, Identified {
    private final String revealed;
    private final List<Object> parts;

    private Text(String revealed, List<Object> parts) {
        this.revealed = revealed;
        this.parts = parts;
    }

    public static Text of(String plain) {
        return new Text(plain, List.of());
    }

    /** @param parts {@code String}s and {@link Secret}s in their order */
    public static Text of(List<Object> parts) {
        StringBuilder whole = new StringBuilder();
        List<Object> kept = new ArrayList<>();
        boolean sensitive = false;
        for (Object part : parts) {
            if (part instanceof Secret secret) {
                sensitive = true;
                whole.append(secret.reveal());
            } else {
                whole.append(part);
            }
            kept.add(part);
        }
        return new Text(whole.toString(), sensitive ? List.copyOf(kept) : List.of());
    }

    public static Text of(Secret secret) {
        return of(List.of(secret));
    }

    @Override
    public boolean isSensitive() {
        return !parts.isEmpty();
    }

    /** The secrets in this text, in their order. */
    public List<Secret> secrets() {
        return parts.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .toList();
    }

    @Override
    public String identity() {
        return revealed;
    }

    public String reveal() {
        return revealed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && text.revealed.equals(revealed);
    }

    @Override
    public int hashCode() {
        return revealed.hashCode();
    }

    @Override
    public String toString() {
        if (!isSensitive()) {
            return revealed;
        }
        StringBuilder shown = new StringBuilder();
        parts.forEach(shown::append);
        return shown.toString();
    }
}
