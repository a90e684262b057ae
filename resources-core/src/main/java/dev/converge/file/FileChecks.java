package dev.converge.file;

import dev.converge.filesystem.Kind;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.OwnershipCheck;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Target;
import dev.converge.filesystem.Writable;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Why a change of a file could not be made, as far as that shows before. */
final class FileChecks {
    private FileChecks() {}

    static void check(Change<FileResource> change, Host host) throws IOException, InterruptedException {
        FileResource desired = change.desired();
        if (change.action() == Action.DELETE) {
            Target target = Target.at(desired.path(), host);
            refuseOtherKind(desired, target, "removed");
            Writable.requireParent(target.path(), host);
            if (target.stat().isPresent() && !target.stat().get().isLink()) {
                Writable.requireReplaceable(target.path(), host);
            }
            return;
        }
        Target target = desired.target(host);
        refuseOtherKind(desired, target, "replaced by a file");
        Writable.requireParent(target.path(), host);
        Writable.requireReplaceable(target.path(), host);
        checkOwnership(change, target, host);
        Optional<Source> source = desired.source();
        if (source.isPresent() && !source.get().on(host).isReadable()) {
            throw new ResourceFailure(
                    "The source " + source.get() + " is not a file that can be read on this host.",
                    "Declare what makes it, and let this come after it.");
        }
    }

    /** A new content is a new file, which gets the old one's owner too. */
    private static void checkOwnership(Change<FileResource> change, Target target, Host host)
            throws IOException, InterruptedException {
        FileResource desired = change.desired();
        Owners owners = Owners.of(host);
        Optional<Stat> old = target.stat().filter(Stat::isFile);
        boolean written = old.isEmpty() || change.names("content") || change.names("source");
        Ownership wanted = new Ownership(
                owners.number(desired.owner().map(owners::uid), old.map(Stat::uid)),
                owners.number(desired.group().map(owners::gid), old.map(Stat::gid)),
                Owners.mode(desired.mode(), old, false));
        OwnershipCheck.require(target.path(), written ? Optional.empty() : old, wanted, Rights.of(host));
    }

    private static void refuseOtherKind(FileResource desired, Target target, String what) {
        Optional<Stat> stat = target.stat();
        if (stat.isEmpty() || stat.get().isFile() || stat.get().isLink()) {
            return;
        }
        Path path = target.path();
        Kind kind = stat.get().kind();
        if (target.followed()) {
            throw new ResourceFailure(
                    desired.path() + " is a link to " + path + ", which is a " + kind + ".",
                    "Give links 'replace' to put a file in the link's place.");
        }
        if (!desired.force()) {
            throw new ResourceFailure(
                    path + " is a " + kind + ", and is not " + what + " unless that is said.",
                    InTheWay.FORCE,
                    InTheWay.BY_HAND);
        }
    }
}
