package dev.converge.restore;

import dev.converge.state.StateDirectory;
import dev.converge.state.UndoFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs that can be taken back. */
public final class History {
    private final StateDirectory state;
    private final List<String> runs;

    private History(StateDirectory state, List<String> runs) {
        this.state = state;
        this.runs = runs;
    }

    /**
     * One of them.
     *
     * @param run its id
     * @param changes how many changes it made
     * @param restorable how many of them something takes back
     */
    public record Entry(String run, int changes, int restorable) {}

    public static History of(StateDirectory state) throws IOException {
        return new History(state, UndoFile.runs(state));
    }

    /** Their ids, newest first. */
    public List<String> runs() {
        return runs;
    }

    /** The latest ones, newest first. */
    public List<Entry> latest(int count) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String run : runs.subList(0, Math.min(count, runs.size()))) {
            List<UndoFile.Entry> changes = UndoFile.of(state, run).changes();
            int never = (int) changes.stream()
                    .filter(change -> change.undo().containsKey("never"))
                    .count();
            entries.add(new Entry(run, changes.size(), changes.size() - never));
        }
        return entries;
    }

    /** Those that a user may mean: by an id, the beginning of one, or {@code last}. */
    public List<String> named(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.equals("last")) {
            return runs.stream().findFirst().map(List::of).orElse(List.of());
        }
        Optional<String> exact = runs.stream().filter(text::equals).findFirst();
        return exact.map(List::of)
                .orElseGet(
                        () -> runs.stream().filter(run -> run.startsWith(text)).toList());
    }
}
