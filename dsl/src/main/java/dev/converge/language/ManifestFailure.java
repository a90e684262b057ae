package dev.converge.language;

/** What {@code fail('…')} in a manifest throws. */
final class ManifestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ManifestFailure(String reason) {
        super(reason);
    }
}
