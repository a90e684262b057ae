package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Brings as much of a repository's history as is needed, and no more. */
final class Transfer {
    private static final String TIP = "refs/converge/tip";

    /** How far back a good commit is first looked for that is no longer here. */
    private static final int RECENT = 64;

    private static final int NEWEST = 1;
    private static final int ALL_NEW = 0;

    private final Repository here;
    private final GitAddress address;
    private final Conversation conversation;

    Transfer(Repository here, GitAddress address, Conversation conversation) {
        this.here = here;
        this.address = address;
        this.conversation = conversation;
    }

    /**
     * What has come since the good commit, or the newest alone.
     *
     * @return the commit or tag that it is now; empty when the good commit is neither here nor among the recent ones
     */
    Optional<ObjectId> bring(RefTip tip, Optional<String> good) throws IOException, GitAPIException {
        if (tip.name().isEmpty()) {
            return Optional.of(bringCommit(ObjectId.fromString(tip.commit())));
        }
        if (good.isEmpty()) {
            return Optional.of(bring(tip, NEWEST));
        }
        ObjectId last = ObjectId.fromString(good.get());
        if (has(last)) {
            return Optional.of(bringAll(tip));
        }
        ObjectId fetched = bring(tip, RECENT);
        return has(last) ? Optional.of(fetched) : Optional.empty();
    }

    /** All that is not here, down to the first commit. */
    ObjectId bringAll(RefTip tip) throws IOException, GitAPIException {
        return bring(tip, ALL_NEW);
    }

    private ObjectId bring(RefTip tip, int depth) throws IOException, GitAPIException {
        fetch(depth, "+" + tip.name().orElseThrow() + ":" + TIP);
        return here.exactRef(TIP).getObjectId();
    }

    private ObjectId bringCommit(ObjectId commit) throws IOException, GitAPIException {
        if (has(commit)) {
            return commit;
        }
        try {
            fetch(NEWEST, "+" + commit.name() + ":" + TIP);
        } catch (TransportException e) {
            // Not every server gives a commit away that is not the head of a branch.
            fetch(ALL_NEW, "+refs/heads/*:refs/converge/heads/*", "+refs/tags/*:refs/converge/tags/*");
        }
        if (!has(commit)) {
            throw new ResourceFailure(
                    address + " has no commit " + commit.name() + ".", "Correct it, or name the branch that has it.");
        }
        return commit;
    }

    private boolean has(ObjectId id) throws IOException {
        return here.getObjectDatabase().has(id);
    }

    private void fetch(int depth, String... specs) throws GitAPIException {
        try (Git git = new Git(here)) {
            FetchCommand fetch = conversation.fetch(git, specs);
            if (depth != ALL_NEW) {
                fetch.setDepth(depth);
            }
            fetch.call();
        }
    }
}
