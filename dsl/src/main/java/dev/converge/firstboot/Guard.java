package dev.converge.firstboot;

import dev.converge.model.Text;
import java.nio.file.Path;
import java.util.List;

/**
 * When a program is left out.
 *
 * @param creates it does not run where one of these is there
 * @param onlyIf shell commands that all have to succeed for it to run
 * @param unless shell commands of which none may succeed for it to run
 */
public record Guard(List<Path> creates, List<Text> onlyIf, List<Text> unless) {
    /** It always runs. */
    public static final Guard NONE = new Guard(List.of(), List.of(), List.of());

    public Guard {
        creates = List.copyOf(creates);
        onlyIf = List.copyOf(onlyIf);
        unless = List.copyOf(unless);
    }

    /** It runs where none of these is there. */
    public static Guard creates(Path... paths) {
        return new Guard(List.of(paths), List.of(), List.of());
    }

    /** It runs where this shell command fails. */
    public static Guard unless(String command) {
        return new Guard(List.of(), List.of(), List.of(Text.of(command)));
    }

    /** It runs where this shell command succeeds. */
    public static Guard onlyIf(String command) {
        return new Guard(List.of(), List.of(Text.of(command)), List.of());
    }
}
