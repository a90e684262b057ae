package dev.converge.git;

import dev.converge.filesystem.Removal;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * What has been fetched of one repository: of a new one the newest commit alone, then all that came after the commits
 * that are here. One thread at a time works with it. A copy that a killed process was changing, or that is damaged, is
 * made anew: all in it can be had again.
 */
public final class SiteMirror implements AutoCloseable {
    /** As long as this is there, something is being fetched. */
    private static final String BUSY = "converge-busy";

    private static final String FRESH = ".fresh";
    private static final String SHALLOW = "shallow";
    private static final String GOOD = "refs/converge/good";

    /** Each fetch leaves one; to bring the newest commit anew is cheaper than to pack a large repository on a small host. */
    private static final int MOST_PACKS = 50;

    private final Path folder;
    private final GitAddress address;
    private Optional<Repository> repository = Optional.empty();

    private SiteMirror(Path folder, GitAddress address) {
        this.folder = folder;
        this.address = address;
    }

    /** The copy in this folder; an empty one when nothing usable is there. */
    public static SiteMirror open(Path folder, GitAddress address) throws IOException {
        Isolation.begin();
        SiteMirror mirror = new SiteMirror(folder, address);
        if (Files.exists(folder.resolve(BUSY))) {
            Removal.of(folder);
        }
        mirror.load();
        return mirror;
    }

    private void load() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Path shallow = folder.resolve(SHALLOW);
            if (Files.exists(shallow) && !Files.readString(shallow).matches("([0-9a-f]{40}\n)*")) {
                throw new IOException(shallow + " is damaged");
            }
            repository = Optional.of(builder().setMustExist(true).build());
        } catch (IOException e) {
            discard();
        }
    }

    private FileRepositoryBuilder builder() {
        return new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare();
    }

    GitAddress address() {
        return address;
    }

    /** Forgets all of it, as when it is damaged. */
    public void discard() throws IOException {
        close();
        Removal.of(folder);
    }

    Repository repository() throws IOException {
        if (repository.isEmpty()) {
            Removal.of(folder);
            Files.createDirectories(folder.getParent());
            Repository made = builder().build();
            made.create(true);
            StoredConfig config = made.getConfig();
            // What is here is given up after a crash rather than mended, yet it should outlive one.
            config.setBoolean(ConfigConstants.CONFIG_CORE_SECTION, null, "fsyncobjectfiles", true);
            config.save();
            repository = Optional.of(made);
        }
        return repository.get();
    }

    /** Whether a commit is here. */
    public boolean has(String commit) throws IOException {
        return repository.isPresent() && repository.get().getObjectDatabase().has(ObjectId.fromString(commit));
    }

    /**
     * Asks the server where a branch, a tag, or a commit by its digits is.
     *
     * @throws ResourceFailure when it cannot be asked, or has no such thing
     */
    public RefTip resolve(String ref, Conversations conversations) {
        if (ObjectId.isId(ref)) {
            return new RefTip(ref, Optional.empty(), Optional.empty());
        }
        try (Conversation conversation = conversations.with(address, conversations.access())) {
            return RefNames.tip(address, ref, refs(conversation));
        }
    }

    private static Map<String, Ref> refs(Conversation conversation) {
        try {
            return conversation.refs();
        } catch (GitAPIException | JGitInternalException e) {
            throw conversation.failure(e);
        }
    }

    /**
     * Brings what has come.
     *
     * @param good the commit that it has to come after, if that is asked for: then all between the two is brought
     * @return where it was when it was fetched
     * @throws ResourceFailure when the server cannot be read, or has no such thing any more
     */
    public RefTip fetch(RefTip tip, Optional<String> good, Conversations conversations) throws IOException {
        return fetch(tip, good, conversations, conversations.access());
    }

    RefTip fetch(RefTip tip, Optional<String> good, Conversations conversations, Access access) throws IOException {
        try (Conversation conversation = conversations.with(address, access)) {
            try {
                return packs() < MOST_PACKS ? transfer(tip, good, conversation) : renew(tip, good, conversation);
            } catch (GitAPIException | JGitInternalException e) {
                if (!Damage.isCauseOf(e)) {
                    throw conversation.failure(e);
                }
            } catch (IOException e) {
                if (!Damage.isCauseOf(e)) {
                    throw e;
                }
            }
            discard();
            try {
                return transfer(tip, good, conversation);
            } catch (GitAPIException | JGitInternalException e) {
                throw conversation.failure(e);
            }
        }
    }

    /** Fetches into another copy, which takes the place of this one when all of it is there. */
    private RefTip renew(RefTip tip, Optional<String> good, Conversation conversation)
            throws IOException, GitAPIException {
        Path fresh = folder.resolveSibling(folder.getFileName() + FRESH);
        Removal.of(fresh);
        RefTip fetched;
        try (SiteMirror another = new SiteMirror(fresh, address)) {
            fetched = another.transfer(tip, good, conversation);
        }
        discard();
        Files.move(fresh, folder);
        load();
        return fetched;
    }

    private RefTip transfer(RefTip tip, Optional<String> good, Conversation conversation)
            throws IOException, GitAPIException {
        Repository here = repository();
        Path shallow = folder.resolve(SHALLOW);
        Optional<byte[]> before = Files.exists(shallow) ? Optional.of(Files.readAllBytes(shallow)) : Optional.empty();
        Files.writeString(folder.resolve(BUSY), "");
        boolean done = false;
        try {
            Optional<ObjectId> fetched = new Transfer(here, address, conversation).bring(tip, good);
            done = true;
            if (fetched.isPresent()) {
                return tip(fetched.get(), tip.name());
            }
        } finally {
            if (!done) {
                // What the server says of its history is written down before what it is said of has come.
                restore(shallow, before);
            }
            Files.deleteIfExists(folder.resolve(BUSY));
        }
        // The whole history, from nothing: not every server can lengthen one that was cut.
        discard();
        Files.createDirectories(folder.getParent());
        ObjectId whole = new Transfer(repository(), address, conversation).bringAll(tip);
        return tip(whole, tip.name());
    }

    private int packs() throws IOException {
        Path packs = folder.resolve("objects/pack");
        if (!Files.isDirectory(packs)) {
            return 0;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(packs, "*.pack")) {
            int count = 0;
            for (Path ignored : found) {
                count++;
            }
            return count;
        }
    }

    private static void restore(Path file, Optional<byte[]> before) throws IOException {
        if (before.isPresent()) {
            Files.write(file, before.get());
        } else {
            Files.deleteIfExists(file);
        }
    }

    private RefTip tip(ObjectId id, Optional<String> name) throws IOException {
        try (RevWalk walk = new RevWalk(repository())) {
            RevObject object = walk.parseAny(id);
            Optional<String> tag = object instanceof RevTag ? Optional.of(object.name()) : Optional.empty();
            if (walk.peel(object) instanceof RevCommit commit) {
                return new RefTip(commit.name(), tag, name);
            }
            throw new ResourceFailure(
                    name.orElse(id.name()) + " of " + address + " is no commit.", "Name a branch, a tag or a commit.");
        }
    }

    /** A commit or a tag as Git keeps it. */
    public byte[] raw(String id) throws IOException {
        return repository().open(ObjectId.fromString(id)).getBytes();
    }

    /** Whether a commit comes after another one, or is it. */
    public boolean descends(String commit, String from) throws IOException {
        if (commit.equals(from)) {
            return true;
        }
        if (!has(from)) {
            return false;
        }
        try (RevWalk walk = new RevWalk(repository())) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(from)), walk.parseCommit(ObjectId.fromString(commit)));
        }
    }

    /** Keeps a commit: what comes after it is what later fetches bring. */
    public void keep(String commit) throws IOException {
        if (!has(commit)) {
            return;
        }
        RefUpdate update = repository().updateRef(GOOD);
        update.setNewObjectId(ObjectId.fromString(commit));
        if (!Set.of(
                        RefUpdate.Result.NEW,
                        RefUpdate.Result.FORCED,
                        RefUpdate.Result.NO_CHANGE,
                        RefUpdate.Result.FAST_FORWARD)
                .contains(update.forceUpdate())) {
            throw new IOException(Constants.R_REFS + " of " + folder + " cannot be written");
        }
    }

    @Override
    public void close() {
        repository.ifPresent(Repository::close);
        repository = Optional.empty();
    }
}
