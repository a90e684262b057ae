package dev.converge.git;

import dev.converge.filesystem.MountPoints;
import dev.converge.filesystem.NewFolder;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.OwnershipCheck;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Temporary;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Recovers;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Clones, follows and removes checkouts with JGit. */
public final class GitCheckoutProvider
        implements Recovers<GitCheckoutResource>,
                Undoes<GitCheckoutResource>,
                FirstBoot<GitCheckoutResource>,
                Watchable<GitCheckoutResource> {
    private static final int SHOWN_DIGITS = 10;

    /** Git's locks and half files go, and what was checked out last is given from Converge to the folder's owner. */
    @Override
    public void recover(GitCheckoutResource desired, Host host) throws IOException, InterruptedException {
        Path real = host.path(desired.path());
        Leftovers.remove(real, real.resolve(Constants.DOT_GIT));
        Repair.of(desired.path(), host);
        Optional<WorkTree> found = WorkTree.at(real);
        if (found.isPresent()) {
            try (WorkTree tree = found.get()) {
                tree.removeHalfFiles();
                tree.give(ownership(desired, Stat.of(real), host));
            }
        }
    }

    @Override
    public List<WatchPoint> watched(GitCheckoutResource desired, Host host) {
        return List.of(new WatchPoint.Tree(desired.path()));
    }

    @Override
    public Optional<GitCheckoutResource> observe(GitCheckoutResource desired, Host host)
            throws IOException, InterruptedException {
        Path real = host.path(desired.path());
        Optional<WorkTree> found = WorkTree.at(real);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (WorkTree tree = found.get()) {
            Stat stat = Stat.of(real).orElseThrow();
            Owners owners = Owners.of(host);
            Optional<GitAddress> origin = tree.origin().map(GitAddress::new);
            return Optional.of(desired.observed(
                    origin,
                    checkedOut(desired, tree, host),
                    owners.user(stat.uid(), desired.owner()),
                    owners.group(stat.gid(), desired.group())));
        }
    }

    /** The repository is asked only when what is checked out does not tell by itself. */
    private static CheckedOut checkedOut(GitCheckoutResource desired, WorkTree tree, Host host)
            throws IOException, InterruptedException {
        Optional<ObjectId> head = tree.head();
        if (head.isEmpty()) {
            return new CheckedOut("nothing", false);
        }
        String shown = head.get().abbreviate(SHOWN_DIGITS).name();
        if (desired.repository().isEmpty()) {
            return new CheckedOut(shown, true); // it shall be absent
        }
        if (tree.isUnderWay()) {
            return new CheckedOut(shown + ", interrupted on its way to another", false);
        }
        Optional<ObjectId> pinned = tree.pinned(desired.revision()).filter(head.get()::equals);
        boolean current = pinned.isPresent()
                || new Remote(desired, host).resolve().commit().equals(head.get());
        Set<String> edited = current && desired.force() ? tree.edited() : Set.of();
        return edited.isEmpty()
                ? new CheckedOut(shown, current)
                : new CheckedOut(shown + ", edited: " + Moves.listed(edited), false);
    }

    @Override
    public void check(Change<GitCheckoutResource> change, Host host) throws IOException, InterruptedException {
        GitCheckoutResource desired = change.desired();
        Writable.requireParent(desired.path(), host);
        if (change.action() == Action.DELETE) {
            requireNothingOwn(desired, true, host);
            return;
        }
        Optional<Stat> now = Stat.of(host.path(desired.path()));
        OwnershipCheck.require(desired.path(), now, ownership(desired, now, host), Rights.of(host));
        if (change.action() == Action.CREATE) {
            NewFolder.requireRoom(desired.path(), host, "no checkout of a repository");
            new Remote(desired, host).resolve();
            return;
        }
        if (moves(change)) {
            requireNothingOwn(desired, false, host);
        }
    }

    private static boolean moves(Change<GitCheckoutResource> change) {
        return change.names("commit") || change.names("repository");
    }

    /** An update leaves files alone that Git does not know; a removal would not. */
    private static void requireNothingOwn(GitCheckoutResource desired, boolean removal, Host host)
            throws IOException, InterruptedException {
        try (WorkTree tree = WorkTree.at(host.path(desired.path())).orElseThrow()) {
            if (!removal) {
                tree.requireNoLinks();
            }
            if (desired.force() || tree.isUnderWay()) {
                return;
            }
            Set<String> own = removal ? tree.lostWithFolder() : tree.edited();
            if (!own.isEmpty()) {
                throw new ResourceFailure(
                        desired.path() + " has local changes: " + Moves.listed(own) + ".",
                        "Commit or remove them, or give force true: they are kept in the backup store then.",
                        "Commit or remove them.");
            }
            boolean lost = removal
                    ? tree.hasOwnCommits()
                    : tree.hasOwnCommits(new Remote(desired, host).resolve().branch());
            if (lost) {
                throw new ResourceFailure(
                        desired.path() + " has commits that are nowhere else.",
                        "Push them, or give force true if they may go.",
                        "Push them.");
            }
        }
    }

    @Override
    public void apply(Change<GitCheckoutResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        GitCheckoutResource desired = change.desired();
        Path real = host.path(desired.path());
        switch (change.action()) {
            case DELETE -> remove(desired, host);
            case CREATE -> {
                Ownership ownership = ownership(desired, Stat.of(real), host);
                host.backups().keep(desired.path());
                new Moves(desired, host).clone(ownership);
            }
            case UPDATE -> {
                if (moves(change)) {
                    update(desired, host);
                }
                ownership(desired, Optional.empty(), host).applyToAll(real);
            }
        }
    }

    private static void update(GitCheckoutResource desired, Host host) throws IOException, InterruptedException {
        Path real = host.path(desired.path());
        Ownership ownership = ownership(desired, Stat.of(real), host);
        try (WorkTree tree = WorkTree.at(real).orElseThrow()) {
            new Moves(desired, host).update(tree);
            tree.give(ownership);
        }
    }

    private static void remove(GitCheckoutResource desired, Host host) throws IOException {
        Path real = host.path(desired.path());
        try (WorkTree tree = WorkTree.at(real).orElseThrow()) {
            for (String own : tree.lostWithFolder()) {
                host.backups().keep(desired.path().resolve(own));
            }
        }
        MountPoints.requireNoneIn(real);
        // At once, since a Git that a killed run has removed in part cannot be asked what is in the rest.
        Path beside = Temporary.beside(real, "remove", host);
        Removal.of(beside);
        Files.move(real, beside, StandardCopyOption.ATOMIC_MOVE);
        Removal.of(beside);
    }

    @Override
    public Optional<Undo> undo(Change<GitCheckoutResource> due, Host host) throws IOException {
        return GitUndo.of(due, moves(due), host);
    }

    /** What the manifest gives; else what the folder has, so that files which come with an update are its owner's too. */
    private static Ownership ownership(GitCheckoutResource desired, Optional<Stat> now, Host host)
            throws IOException, InterruptedException {
        return Owners.of(host).of(desired.owner(), desired.group(), now);
    }

    @Override
    public List<Step> steps(Declared<GitCheckoutResource> declared, Scene scene) {
        return GitFirstBoot.steps(declared);
    }
}
