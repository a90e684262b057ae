package dev.converge.git;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All that is said to servers for one purpose, so that it can be ended at once from another thread. */
public final class Conversations implements AutoCloseable {
    private final Access access;
    private final Duration limit;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** @param limit how long all of it may take */
    public Conversations(Access access, Duration limit) {
        this.access = access;
        this.limit = limit;
    }

    Access access() {
        return access;
    }

    Conversation with(GitAddress address, Access allowed) {
        Conversation conversation = new Conversation(address, allowed, limit);
        open.add(conversation);
        if (cut) {
            conversation.cut();
        }
        return conversation;
    }

    /** Whether a server did not do, rather than what it sent. */
    public boolean haveFailed() {
        return open.stream().anyMatch(Conversation::hasFailed);
    }

    /** Who waits for a server gets an error. */
    public void cut() {
        cut = true;
        open.forEach(Conversation::cut);
    }

    @Override
    public void close() {
        open.forEach(Conversation::close);
    }
}
