package dev.converge.testing;

import java.util.List;
import java.util.regex.Pattern;

/** How a program on a converged host ended. */
public final class CommandCheck {
    private final List<String> words;
    private final int exit;
    private final String output;

    CommandCheck(List<String> words, int exit, String output) {
        this.words = words;
        this.exit = exit;
        this.output = output;
    }

    /** Its exit status. */
    public int getExit() {
        return exit;
    }

    /** What it has printed, to both of its outputs. */
    public String getOutput() {
        return output;
    }

    public boolean succeeds() {
        return ends(0);
    }

    public boolean fails() {
        if (exit == 0) {
            throw failure("succeeded");
        }
        return true;
    }

    /** Whether that is its exit status. */
    public boolean ends(int status) {
        if (exit != status) {
            throw failure("ended with " + exit + ", not " + status);
        }
        return true;
    }

    /** Whether this text is in what it has printed. */
    public boolean prints(CharSequence text) {
        if (!output.contains(text)) {
            throw failure("did not print \"" + text + "\"");
        }
        return true;
    }

    /** Whether this pattern is found in what it has printed. */
    public boolean prints(Pattern pattern) {
        if (!pattern.matcher(output).find()) {
            throw failure("printed nothing that matches /" + pattern + "/");
        }
        return true;
    }

    private SpecFailure failure(String what) {
        String shown = output.isBlank() ? ", and printed nothing." : ":\n" + output.stripTrailing();
        return new SpecFailure(this + " " + what + shown);
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
