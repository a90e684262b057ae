package dev.converge.git;

import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Stat;
import dev.converge.process.ThisProcess;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
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
     * @throws ResourceFailure when its configuration is one that Git should not read
     */
    static Optional<WorkTree> at(Path real) throws IOException {
        Isolation.begin();
        Path folder = real.resolve(Constants.DOT_GIT);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty(); // a link may lead to a repository of others
        }
        ConfigCheck.require(folder);
        Repository repository = new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setWorkTree(real.toFile())
                .setMustExist(true)
                .build();
        return Optional.of(new WorkTree(repository));
    }

    /** Fails when Git's own files are elsewhere: it would write through a link, wherever that leads. */
    void requireNoLinks() throws IOException {
        Path folder = repository.getDirectory().toPath();
        try (Stream<Path> links = Files.find(folder, Integer.MAX_VALUE, (path, is) -> is.isSymbolicLink())) {
            Optional<Path> first = links.findFirst();
            if (first.isPresent()) {
                throw new ResourceFailure(
                        first.get() + " is a link, and Git would write to where it leads.",
                        "Remove it, or move the checkout away.");
            }
        }
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

    void putUnderWay(ObjectId commit) throws IOException {
        if (!isUnderWay()) {
            RefUpdate update = repository.updateRef(UNDER_WAY);
            update.setNewObjectId(commit);
            update.forceUpdate();
        }
    }

    /** Removes files that a killed run was about to put in their places. */
    void removeHalfFiles() throws IOException {
        Ref target = repository.exactRef(UNDER_WAY);
        if (target != null && target.getObjectId() != null) {
            HalfFiles.remove(repository, target.getObjectId());
        }
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
        return names(status -> Stream.of(status.getUncommittedChanges()));
    }

    /** Files that Git does not have: edited ones, and those that it neither knows nor was told to ignore. */
    SortedSet<String> own() throws IOException {
        return names(status -> Stream.of(status.getUncommittedChanges(), status.getUntracked()));
    }

    /** Files that exist nowhere else, such as a database or settings that Git was told to ignore. */
    SortedSet<String> lostWithFolder() throws IOException {
        return names(status ->
                Stream.of(status.getUncommittedChanges(), status.getUntracked(), status.getIgnoredNotInIndex()));
    }

    private SortedSet<String> names(Function<Status, Stream<Set<String>>> chosen) throws IOException {
        try {
            return chosen.apply(git().status().call())
                    .flatMap(Set::stream)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (GitAPIException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Gives what an update has written, as far as it is still this process's own; files that Git does not know stay. */
    void give(Ownership ownership) throws IOException {
        Path folder = repository.getWorkTree().toPath();
        DirCache index = repository.readDirCache();
        int ours = ThisProcess.uid();
        Set<Path> known = new TreeSet<>();
        for (int i = 0; i < index.getEntryCount(); i++) {
            Path path = Path.of(index.getEntry(i).getPathString());
            for (int names = path.getNameCount(); names > 0; names--) {
                known.add(folder.resolve(path.subpath(0, names)));
            }
        }
        try (Stream<Path> own = Files.walk(repository.getDirectory().toPath())) {
            own.forEach(known::add);
        }
        for (Path path : known) {
            if (Stat.of(path).filter(stat -> stat.uid() == ours).isPresent()) {
                ownership.applyTo(path);
            }
        }
    }

    /** Whether any branch or stash has commits that the repository did not have when it was last asked. */
    boolean hasOwnCommits() throws IOException {
        List<Ref> all = repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS, Constants.R_STASH);
        return hasOwn(Stream.concat(head().stream(), all.stream().map(Ref::getObjectId)));
    }

    /**
     * The same for what an update moves.
     *
     * @param branch the branch that will be checked out
     */
    boolean hasOwnCommits(Optional<String> branch) throws IOException {
        Optional<Ref> moved = branch.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch.get()));
        return hasOwn(Stream.concat(head().stream(), moved.map(Ref::getObjectId).stream()));
    }

    private boolean hasOwn(Stream<ObjectId> commits) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            List<RevCommit> known = new ArrayList<>();
            for (Ref ref :
                    repository.getRefDatabase().getRefsByPrefix(Constants.R_REMOTES, Constants.R_TAGS, Moves.FETCHED)) {
                if (walk.peel(walk.parseAny(ref.getObjectId())) instanceof RevCommit commit) {
                    known.add(commit);
                }
            }
            for (ObjectId commit : commits.distinct().toList()) {
                if (!walk.isMergedIntoAnyCommit(walk.parseCommit(commit), known)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
