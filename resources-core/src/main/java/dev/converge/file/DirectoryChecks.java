package dev.converge.file;

import dev.converge.accounts.Accounts;
import dev.converge.filesystem.MountPoints;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.OwnershipCheck;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Why a change of a directory could not be made, as far as that shows before. */
final class DirectoryChecks {
    private DirectoryChecks() {}

    static void check(Change<DirectoryResource> change, Host host) throws IOException, InterruptedException {
        DirectoryResource desired = change.desired();
        Path path = desired.path();
        Optional<Stat> there = Stat.of(host.path(path));
        if (change.action() == Action.DELETE) {
            checkRemoval(desired, there, host);
            return;
        }
        Path real = DirectoryProvider.real(path, host);
        Optional<Stat> managed = Stat.of(real);
        if (managed.isPresent() && !managed.get().isDirectory() && !desired.force()) {
            throw new ResourceFailure(
                    path + " is a " + managed.get().kind() + ", not a directory.", InTheWay.FORCE, InTheWay.BY_HAND);
        }
        Writable.requireParent(desired.parents() ? firstMissing(path, host) : path, host);
        Owners owners = Owners.of(host);
        Optional<Stat> folder = managed.filter(Stat::isDirectory);
        Ownership wanted = new Ownership(
                owners.number(desired.owner().map(owners::uid), Optional.empty()),
                owners.number(desired.group().map(owners::gid), Optional.empty()),
                Owners.mode(desired.mode(), folder, true));
        OwnershipCheck.require(path, folder, wanted, Rights.of(host));
        checkContents(desired, real, managed, host);
    }

    private static void checkRemoval(DirectoryResource desired, Optional<Stat> there, Host host) throws IOException {
        Path path = desired.path();
        if (path.getParent() == null) {
            throw new ResourceFailure("The root directory is not removed.");
        }
        Writable.requireParent(path, host);
        if (there.isEmpty() || there.get().isLink()) {
            return;
        }
        if (there.get().isDirectory()) {
            MountPoints.requireNoneIn(host.path(path));
        }
        if (desired.force()) {
            return;
        }
        if (!there.get().isDirectory()) {
            throw new ResourceFailure(
                    path + " is a " + there.get().kind() + ", not a directory.", InTheWay.FORCE, InTheWay.BY_HAND);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(host.path(path))) {
            if (entries.iterator().hasNext()) {
                throw new ResourceFailure("The directory " + path + " is not empty.", InTheWay.FORCE, InTheWay.BY_HAND);
            }
        }
    }

    private static void checkContents(DirectoryResource desired, Path real, Optional<Stat> managed, Host host)
            throws IOException, InterruptedException {
        Optional<TreeSource> source = desired.source();
        if (source.isPresent() && !Files.isDirectory(source.get().real(host))) {
            throw new ResourceFailure(
                    "The source " + source.get() + " is not a directory on this host.",
                    "Declare what makes it, and let this come after it.");
        }
        boolean walk = desired.contents().isPresent() && !desired.force();
        if (!walk || managed.isEmpty() || !managed.get().isDirectory()) {
            return;
        }
        Optional<String> forced = DirectoryProvider.summary(desired, real, host).forced();
        if (forced.isPresent()) {
            throw new ResourceFailure(
                    "Below " + desired.path() + ": " + forced.get() + ".",
                    "Give force true if they may go.",
                    "Remove them by hand if they may go.");
        }
    }

    /** The highest directory that {@code parents} has to make. */
    private static Path firstMissing(Path path, Host host) throws IOException {
        Path missing = path;
        while (missing.getParent() != null
                && Stat.of(host.path(missing.getParent())).isEmpty()) {
            missing = missing.getParent();
        }
        return missing;
    }

    /** An unknown owner fails the check, not the look: whoever makes it may come before. */
    static boolean ownersAreKnown(DirectoryResource desired, Host host) throws IOException, InterruptedException {
        Accounts accounts = Owners.of(host).accounts();
        return desired.owner().map(name -> accounts.uid(name).isPresent()).orElse(true)
                && desired.group().map(name -> accounts.gid(name).isPresent()).orElse(true);
    }
}
