package dev.converge.git;

import dev.converge.filesystem.Removal;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchResult;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A copy of a whole repository in a folder of Converge's own: what has been fetched once can be read without its server.
 * One process at a time may work with it. A copy that is damaged is made anew by the next {@link #fetch}.
 */
public final class GitMirror implements AutoCloseable {
    /** The whole of a repository may take this long. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String FETCHED = "converge-fetched";

    private final Path folder;
    private final GitAddress address;
    private Repository repository;

    private GitMirror(Path folder, GitAddress address) {
        this.folder = folder;
        this.address = address;
    }

    /** The copy of a repository in this folder; an empty one when it has not been fetched yet. */
    public static GitMirror open(Path folder, GitAddress address) {
        Isolation.begin();
        GitMirror mirror = new GitMirror(folder, address);
        if (Files.isRegularFile(folder.resolve(FETCHED))) {
            mirror.load();
        }
        return mirror;
    }

    /** Whether it has been fetched at some time. */
    public boolean isFilled() {
        return repository != null;
    }

    /**
     * Brings all branches and tags; what the repository no longer has stays readable by its commit.
     *
     * @throws ResourceFailure when the repository cannot be read
     */
    public void fetch(Access access) throws IOException {
        hold(access, conversation -> {
            if (repository == null) {
                create();
            }
            try {
                return transfer(conversation);
            } catch (GitAPIException | JGitInternalException e) {
                if (!Damage.isCauseOf(e)) {
                    throw e;
                }
            }
            create();
            return transfer(conversation);
        });
    }

    /** From nothing, as when the copy was damaged. */
    public void fetchAnew(Access access) throws IOException {
        hold(access, conversation -> {
            create();
            return transfer(conversation);
        });
    }

    private void hold(Access access, Conversation.Talk<?> talk) throws IOException {
        try (Conversation conversation = new Conversation(address, access, LIMIT)) {
            conversation.hold(talk, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading " + address + " was interrupted");
        }
        Files.writeString(folder.resolve(FETCHED), "");
    }

    private FetchResult transfer(Conversation conversation) throws GitAPIException {
        try (Git git = new Git(repository)) {
            return conversation
                    .fetch(git, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
                    .setRemoveDeletedRefs(true)
                    .call();
        }
    }

    private void create() throws IOException {
        if (repository != null) {
            repository.close();
            repository = null;
        }
        Removal.of(folder);
        repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
    }

    private void load() {
        try {
            repository = new FileRepositoryBuilder()
                    .setGitDir(folder.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
        } catch (IOException e) {
            repository = null; // damaged: as if it had never been fetched
        }
    }

    /** The commits of all tags, by the tags' names. */
    public Map<String, String> tags() throws IOException {
        Map<String, String> tags = new TreeMap<>();
        for (Ref tag : repository.getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            String name = tag.getName().substring(Constants.R_TAGS.length());
            commit(Constants.R_TAGS + name).ifPresent(commit -> tags.put(name, commit));
        }
        return tags;
    }

    /** The commit that a tag, a branch or the 40 digits of a commit mean; a tag comes before a branch. */
    public Optional<String> find(String revision) throws IOException {
        if (ObjectId.isId(revision)) {
            return commit(revision);
        }
        Optional<String> tag = commit(Constants.R_TAGS + revision);
        return tag.isPresent() ? tag : commit(Constants.R_HEADS + revision);
    }

    private Optional<String> commit(String name) throws IOException {
        try {
            return Optional.ofNullable(repository.resolve(name + "^{commit}")).map(ObjectId::name);
        } catch (MissingObjectException e) {
            return Optional.empty();
        }
    }

    /** The text of a file of a commit. */
    public Optional<String> text(String commit, String path) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit at = walk.parseCommit(ObjectId.fromString(commit));
            try (TreeWalk file = TreeWalk.forPath(repository, path, at.getTree())) {
                boolean regular = file != null && FileMode.REGULAR_FILE.equals(file.getFileMode(0));
                return regular
                        ? Optional.of(
                                new String(repository.open(file.getObjectId(0)).getBytes(), StandardCharsets.UTF_8))
                        : Optional.empty();
            }
        }
    }

    /**
     * Writes all files of a commit into a folder that is empty.
     *
     * @throws ResourceFailure when it has a link or a submodule: what such a thing leads to is not in the commit
     */
    public void export(String commit, Path into) throws IOException {
        try (RevWalk walk = new RevWalk(repository);
                TreeWalk files = new TreeWalk(repository)) {
            files.addTree(walk.parseCommit(ObjectId.fromString(commit)).getTree());
            files.setRecursive(true);
            while (files.next()) {
                boolean regular = (files.getRawMode(0) & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
                Path target = into.resolve(files.getPathString()).normalize();
                if (!regular || !target.startsWith(into) || target.equals(into)) {
                    throw new ResourceFailure(
                            "The repository " + address + " has a link or submodule: " + files.getPathString() + ".",
                            "A module consists of plain files; ask its author to replace it.");
                }
                Files.createDirectories(target.getParent());
                Files.write(target, repository.open(files.getObjectId(0)).getBytes());
            }
        }
    }

    @Override
    public void close() {
        if (repository != null) {
            repository.close();
        }
    }
}
