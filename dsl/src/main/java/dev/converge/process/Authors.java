package dev.converge.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Tells whether a file that decides what this process does is by nobody but root and the account of this process. */
public final class Authors {
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int ROOT = 0;

    private Authors() {}

    /**
     * Who else may have written it, a clause such as {@code "belongs to the account 1000"}; empty when nobody may. Of a
     * link, what it leads to counts: whoever can put another one there cannot make root its owner.
     */
    public static Optional<String> objection(Path file) throws IOException {
        Map<String, Object> is = Files.readAttributes(file, "unix:mode,uid");
        if (((Integer) is.get("mode") & WRITABLE_BY_OTHERS) != 0) {
            return Optional.of("can be written by others than its owner");
        }
        int owner = (Integer) is.get("uid");
        return owner == ROOT || owner == ThisProcess.uid()
                ? Optional.empty()
                : Optional.of("belongs to the account " + owner);
    }
}
