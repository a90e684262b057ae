package dev.converge.session;

import dev.converge.filesystem.Temporary;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What became of the temporary files and folders of killed runs.
 *
 * @param removed how many were there and are gone
 * @param kept why one could not be removed, a sentence each
 */
record Leftovers(int removed, List<String> kept) {
    static final Leftovers NONE = new Leftovers(0, List.of());

    /** @param root the folder that is the host's {@code /} */
    static Leftovers remove(Collection<Path> temporaries, Path root) {
        int removed = 0;
        List<String> kept = new ArrayList<>();
        for (Path path : new TreeSet<>(temporaries)) {
            try {
                removed += Temporary.remove(path, root) ? 1 : 0;
            } catch (IOException e) {
                kept.add(IoReason.of(e).sentence());
            } catch (ResourceFailure e) {
                kept.add(e.getMessage());
            }
        }
        return new Leftovers(removed, kept);
    }

    /** For the end of a message; begins with a space unless there is nothing to say. */
    String sentence() {
        StringBuilder text = new StringBuilder();
        if (removed > 0) {
            text.append(removed == 1 ? " A temporary file" : " " + removed + " temporary files")
                    .append(removed == 1 ? " of it was removed." : " of it were removed.");
        }
        kept.forEach(why -> text.append(" Left over: ").append(why));
        return text.toString();
    }
}
