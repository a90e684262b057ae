package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes what a server has to say while it runs. It does not keep anybody waiting. */
public interface ServerLog {
    /** An event. */
    void say(String text);

    /**
     * What somebody has to mend.
     *
     * @param lines of the files that it is about
     */
    void tell(String text, Function<String, Optional<List<String>>> lines, List<Diagnostic> problems);

    /** A request that was answered. */
    void access(String line);
}
