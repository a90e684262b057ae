package dev.converge.git;

import dev.converge.filesystem.NewFolder;
import dev.converge.filesystem.Ownership;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.api.FetchCommand;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand;
import org.eclipse.jgit.api.errors.CheckoutConflictException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** Brings a folder to a revision. */
final class Moves {
    /** Where a commit that is no branch's head is kept, so that it counts as one of the repository's. */
    static final String FETCHED = "refs/converge/fetched";

    private static final List<String> ALL = List.of("+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*");

    private final GitCheckoutResource resource;
    private final Host host;
    private final Remote remote;

    Moves(GitCheckoutResource resource, Host host) {
        this.resource = resource;
        this.host = host;
        this.remote = new Remote(resource, host);
    }

    /** A new checkout, made beside its place and moved there when it is whole. */
    void clone(Ownership ownership) throws IOException, InterruptedException {
        try (NewFolder fresh = NewFolder.beside(host.path(resource.path()), "clone", host)) {
            try (Git made = Git.init()
                            .setDirectory(fresh.path().toFile())
                            .setInitialBranch("main")
                            .call();
                    WorkTree tree = WorkTree.at(fresh.path()).orElseThrow()) {
                update(tree);
            }
            fresh.finish(ownership);
            fresh.place();
        } catch (GitAPIException | JGitInternalException e) {
            throw stuck(e);
        }
    }

    /** Fetches what is missing, and checks it out. */
    void update(WorkTree tree) throws IOException, InterruptedException {
        tree.origin(resource.repository().orElseThrow().text());
        Revision revision = remote.resolve();
        fetch(tree, revision);
        try {
            checkOut(tree, revision);
        } catch (CheckoutConflictException e) {
            throw inTheWay(e.getConflictingPaths());
        } catch (GitAPIException | JGitInternalException e) {
            throw stuck(e);
        }
    }

    private void fetch(WorkTree tree, Revision revision) throws IOException, InterruptedException {
        boolean commit = ObjectId.isId(resource.revision());
        if (commit && tree.repository().getObjectDatabase().has(revision.commit())) {
            return;
        }
        List<String> specs = new ArrayList<>(ALL);
        if (resource.depth().isPresent()) {
            specs = List.of(revision.branch()
                    .map(name -> "+refs/heads/" + name + ":refs/remotes/origin/" + name)
                    .orElseGet(() -> commit
                            ? revision.commit().name() + ":" + FETCHED
                            : "+refs/tags/" + resource.revision() + ":refs/tags/" + resource.revision()));
        }
        String[] wanted = specs.toArray(String[]::new);
        remote.hold(conversation -> {
            FetchCommand fetch = conversation.fetch(tree.git(), wanted);
            resource.depth().ifPresent(fetch::setDepth);
            return fetch.call();
        });
        if (!tree.repository().getObjectDatabase().has(revision.commit())) {
            throw new ResourceFailure(
                    resource.repository().orElseThrow() + " has no commit "
                            + revision.commit().name() + ".",
                    "Correct revision, or name the branch or tag that has it.");
        }
    }

    private void checkOut(WorkTree tree, Revision revision) throws IOException, GitAPIException {
        Repository repository = tree.repository();
        boolean over = resource.force() || tree.isUnderWay();
        if (over) {
            for (String edited : tree.own()) {
                host.backups().keep(resource.path().resolve(edited));
            }
        }
        point(repository, WorkTree.UNDER_WAY, revision.commit());
        if (over) {
            detach(repository);
            tree.git()
                    .reset()
                    .setMode(ResetCommand.ResetType.HARD)
                    .setRef(revision.commit().name())
                    .call();
            point(repository, Constants.HEAD, revision.commit());
        } else {
            moveGently(tree, revision);
        }
        if (revision.branch().isPresent()) {
            String branch = Constants.R_HEADS + revision.branch().get();
            point(repository, branch, revision.commit());
            repository.updateRef(Constants.HEAD).link(branch);
        }
        RefUpdate done = repository.updateRef(WorkTree.UNDER_WAY);
        done.setForceUpdate(true);
        done.delete();
    }

    private static void moveGently(WorkTree tree, Revision revision) throws IOException, GitAPIException {
        try {
            tree.git().checkout().setName(revision.commit().name()).call();
        } catch (CheckoutConflictException e) {
            RefUpdate none = tree.repository().updateRef(WorkTree.UNDER_WAY);
            none.setForceUpdate(true);
            none.delete();
            throw e;
        }
    }

    private static void detach(Repository repository) throws IOException {
        ObjectId head = repository.resolve(Constants.HEAD);
        if (head != null) {
            point(repository, Constants.HEAD, head);
        }
    }

    private static void point(Repository repository, String name, ObjectId commit) throws IOException {
        RefUpdate update = repository.updateRef(name, name.equals(Constants.HEAD));
        update.setNewObjectId(commit);
        update.forceUpdate();
    }

    private ResourceFailure stuck(Exception cause) {
        return new ResourceFailure(
                resource.path() + " could not be brought to " + resource.revision() + ": "
                        + Conversation.said(cause).replaceFirst("[.\\s]+$", "") + ".",
                "Look at the room and the rights of its folder, then run again.");
    }

    private ResourceFailure inTheWay(List<String> files) {
        return new ResourceFailure(
                "The revision " + resource.revision() + " has files where " + resource.path() + " has others: "
                        + listed(Set.copyOf(files)) + ".",
                "Move them away, or give force true: they are kept in the backup store then.",
                "Move them away.");
    }

    static String listed(Set<String> names) {
        List<String> sorted = names.stream().sorted().toList();
        int most = 10;
        String more = sorted.size() > most ? " and " + (sorted.size() - most) + " more" : "";
        return String.join(", ", sorted.subList(0, Math.min(most, sorted.size()))) + more;
    }
}
