package dev.converge.git;

import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Undo;
import dev.converge.schema.Inverse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** What takes back a change of a checkout: the commit that it was at, and what nobody but the checkout had. */
final class GitUndo {
    private static final GitCheckoutType TYPE = new GitCheckoutType();

    private GitUndo() {}

    /** @param moves whether another commit is checked out */
    static Optional<Undo> of(Change<GitCheckoutResource> due, boolean moves, Host host) throws IOException {
        boolean removes = due.action() == Action.DELETE;
        if (!removes && (due.action() == Action.CREATE || !moves)) {
            return Optional.empty();
        }
        Optional<WorkTree> found = WorkTree.at(host.path(due.desired().path()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (WorkTree tree = found.get()) {
            Optional<ObjectId> head = tree.head();
            if (head.isEmpty() || tree.origin().isEmpty()) {
                return Optional.of(new Undo.Never("It had no commit, or came from no repository."));
            }
            List<Path> own = (removes ? tree.lostWithFolder() : tree.own())
                    .stream().map(due.desired().path()::resolve).toList();
            List<String> lost = tree.hasOwnCommits() && removes
                    ? List.of("It had commits or stashes that were nowhere else.")
                    : List.of();
            return Optional.of(new Undo.States(List.of(before(due, head.get())), own, lost));
        }
    }

    /** A commit stays what it is, wherever its branch has gone since. */
    private static Declared<GitCheckoutResource> before(Change<GitCheckoutResource> due, ObjectId head) {
        GitCheckoutResource seen = due.before().orElseThrow();
        Map<String, Object> there = new HashMap<>();
        there.put("repository", seen.repository());
        there.put("revision", head.name());
        there.put("commit", Optional.empty());
        Declared<GitCheckoutResource> state = Inverse.state(TYPE, due).orElseGet(due::declared);
        return new Declared<>(
                due.id(), TYPE.with(state.desired(), there), state.ensure(), state.source(), state.policy());
    }
}
