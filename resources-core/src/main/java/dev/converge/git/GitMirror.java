package dev.converge.git;

import dev.converge.filesystem.Removal;
import dev.converge.model.Durations;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
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
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A copy of a whole repository in a folder of Converge's own: what has been fetched once can be read without its server.
 * One process at a time may work with it. A copy that is damaged is made anew by the next {@link #fetch}.
 */
public final class GitMirror implements AutoCloseable {
    /** The whole of a repository may take this long; its server may be silent for {@link #SILENCE_SECONDS}. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final int SILENCE_SECONDS = 30;
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
    public void fetch() throws IOException {
        if (repository == null) {
            create();
        }
        try {
            transfer();
        } catch (GitAPIException | JGitInternalException e) {
            if (!isDamage(e)) {
                throw failure(e);
            }
            create();
            fetchAnew();
        }
        Files.writeString(folder.resolve(FETCHED), "");
    }

    /** From nothing, as when the copy was damaged. */
    public void fetchAnew() throws IOException {
        create();
        try {
            transfer();
        } catch (GitAPIException | JGitInternalException e) {
            throw failure(e);
        }
        Files.writeString(folder.resolve(FETCHED), "");
    }

    private void transfer() throws GitAPIException {
        try (Git git = new Git(repository)) {
            git.fetch()
                    .setRemote(address.text())
                    .setRefSpecs("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
                    .setTagOpt(TagOpt.NO_TAGS)
                    .setRemoveDeletedRefs(true)
                    .setTimeout(SILENCE_SECONDS)
                    .setProgressMonitor(new Deadline(LIMIT))
                    .call();
        }
    }

    private static boolean isDamage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CorruptObjectException || cause instanceof MissingObjectException) {
                return true;
            }
        }
        return false;
    }

    private ResourceFailure failure(Exception cause) {
        String said = Remote.said(cause).replaceAll("[.\\s]+$", "");
        return new ResourceFailure(
                "The repository " + address + " could not be read: " + said + ".",
                "Try 'git ls-remote " + address + "'. After " + SILENCE_SECONDS + " seconds without an answer, or "
                        + Durations.format(LIMIT) + ", Converge gives up.");
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
