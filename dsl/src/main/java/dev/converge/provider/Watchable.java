package dev.converge.provider;

import dev.converge.model.Resource;
import java.io.IOException;
import java.util.List;

/**
 * A provider that knows what moves on a host when one of its resources does: the agent looks at the resource again as
 * soon as one of these moves. That comes on top of what the record says: the path that it owns, the tree that it
 * answers for, the files that it is kept in.
 */
public interface Watchable<R extends Resource> {
    /** Reads only. Whatever is left out is found out by the next run of all; what is too much costs a look. */
    List<WatchPoint> watched(R desired, Host host) throws IOException, InterruptedException;
}
