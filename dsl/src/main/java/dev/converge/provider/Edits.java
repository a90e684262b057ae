package dev.converge.provider;

import dev.converge.model.Resource;
import java.io.IOException;
import java.util.List;

/** A provider that changes parts of files: reports show which lines. */
public interface Edits<R extends Resource> extends Provider<R> {
    /**
     * The files that a change touches, as they are and as they will be; none that it leaves as it is. Reads only; called
     * before the change is made, in dry runs too.
     */
    List<FileEdit> edits(Change<R> change, Host host) throws IOException, InterruptedException;
}
