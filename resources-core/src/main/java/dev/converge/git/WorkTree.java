package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A checkout on the host. */
final class WorkTree implements AutoCloseable {
    /** Leads to the commit that a checkout is moving to: where it is left, a run was killed on the way. */
    static final String UNDER_WAY = "refs/converge/checkout";

    private static final String ORIGIN = Constants.DEFAULT_REMOTE_NAME;

    private final Repository repository;

    private WorkTree(Repository repository) {
        this.repository = repository;
    }

    /**
     * Empty where no repository is.
     *
     * @throws ResourceFailure when its configuration could make Git run programs: who may write to it is not always who
     *     runs Converge
     */
    static Optional<WorkTree> at(Path real) throws IOException {
        Isolation.begin();
        Path folder = real.resolve(Constants.DOT_GIT);
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setWorkTree(real.toFile())
                .setMustExist(true)
                .build();
        if (!repository
                .getConfig()
                .getSubsections(ConfigConstants.CONFIG_FILTER_SECTION)
                .isEmpty()) {
            repository.close();
            throw new ResourceFailure(
                    folder + "/config names filters, which are programs that Git would run.",
                    "Take the [filter …] sections out of it.");
        }
        return Optional.of(new WorkTree(repository));
    }

    Repository repository() {
        return repository;
    }

    Git git() {
        return new Git(repository);
    }

    Optional<String> origin() {
        return Optional.ofNullable(repository
                .getConfig()
                .getString(ConfigConstants.CONFIG_REMOTE_SECTION, ORIGIN, ConfigConstants.CONFIG_KEY_URL));
    }

    void origin(String address) throws IOException {
        StoredConfig config = repository.getConfig();
        config.setString(ConfigConstants.CONFIG_REMOTE_SECTION, ORIGIN, ConfigConstants.CONFIG_KEY_URL, address);
        config.setString(ConfigConstants.CONFIG_REMOTE_SECTION, ORIGIN, "fetch", "+refs/heads/*:refs/remotes/origin/*");
        config.save();
    }

    Optional<ObjectId> head() throws IOException {
        return Optional.ofNullable(repository.resolve(Constants.HEAD));
    }

    boolean isUnderWay() throws IOException {
        return repository.exactRef(UNDER_WAY) != null;
    }

    /** The commit that a revision means without asking the repository: a commit, or a tag that is no branch too. */
    Optional<ObjectId> pinned(String revision) throws IOException {
        if (ObjectId.isId(revision)) {
            return Optional.of(ObjectId.fromString(revision));
        }
        boolean branch = repository.exactRef(Constants.R_REMOTES + ORIGIN + "/" + revision) != null;
        return branch
                ? Optional.empty()
                : Optional.ofNullable(repository.resolve(Constants.R_TAGS + revision + "^{commit}"));
    }

    /** Files of the revision that somebody edited or removed since. */
    SortedSet<String> edited() throws IOException {
        return names(false);
    }

    /** Files that exist nowhere else: edited ones, and those that Git neither knows nor was told to ignore. */
    SortedSet<String> own() throws IOException {
        return names(true);
    }

    private SortedSet<String> names(boolean untracked) throws IOException {
        try {
            Status status = git().status().call();
            SortedSet<String> names = new TreeSet<>(status.getUncommittedChanges());
            if (untracked) {
                names.addAll(status.getUntracked());
            }
            return names;
        } catch (GitAPIException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Whether the commit that is checked out is one that the repository did not have when it was last asked. */
    boolean hasOwnCommits() throws IOException {
        Optional<ObjectId> head = head();
        if (head.isEmpty()) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit mine = walk.parseCommit(head.get());
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                boolean known = ref.getName().startsWith(Constants.R_REMOTES)
                        || ref.getName().startsWith(Constants.R_TAGS)
                        || ref.getName().startsWith(Moves.FETCHED);
                if (known && walk.isMergedInto(mine, walk.parseCommit(ref.getObjectId()))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        repository.close();
    }
}
