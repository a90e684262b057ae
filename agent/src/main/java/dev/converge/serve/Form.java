package dev.converge.serve;

import dev.converge.model.InvalidValueException;
import java.util.Arrays;
import java.util.List;

/** What a host's user-data is: {@code target} in its row. */
enum Form {
    CLOUD_INIT("cloud-init", "cloud-init"),
    BOOTSTRAP("bootstrap", "cloud-init"),
    RANCHEROS("rancheros", "rancheros"),
    SHELL("shell", "shell");

    private final String word;
    private final String target;

    Form(String word, String target) {
        this.word = word;
        this.target = target;
    }

    /** The target that renders it. */
    String target() {
        return target;
    }

    static Form parse(String text) {
        List<String> words = Arrays.stream(values()).map(form -> form.word).toList();
        int found = words.indexOf(text);
        InvalidValueException.when(
                found < 0,
                "There is no target \"" + text + "\" here.",
                "Write one of " + String.join(", ", words) + ".");
        return values()[found];
    }
}
