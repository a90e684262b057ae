package dev.converge.vault;

/** A text of which some values are exchanged, in the order in which they stand there; all between them stays. */
final class Splice {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int done;

    Splice(String text) {
        this.text = text;
    }

    void replace(Scalar old, String fresh) {
        out.append(text, done, old.start()).append(fresh);
        done = old.end();
    }

    String text() {
        return out + text.substring(done);
    }
}
