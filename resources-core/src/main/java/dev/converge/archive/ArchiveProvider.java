package dev.converge.archive;

import dev.converge.filesystem.NewFolder;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.OwnershipCheck;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.process.Rights;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Unpacks archives beside their folders, and lets the two change places. */
public final class ArchiveProvider
        implements Undoes<ArchiveResource>, FirstBoot<ArchiveResource>, Watchable<ArchiveResource> {
    @Override
    public List<WatchPoint> watched(ArchiveResource desired, Host host) {
        List<WatchPoint> points = new ArrayList<>();
        points.add(WatchPoint.Entry.of(desired.path()));
        points.add(WatchPoint.Entry.of(Stamp.path(desired.path())));
        desired.creates()
                .ifPresent(name -> points.add(WatchPoint.Entry.of(desired.path().resolve(name))));
        return points;
    }

    @Override
    public Optional<ArchiveResource> observe(ArchiveResource desired, Host host)
            throws IOException, InterruptedException {
        Path real = host.path(desired.path());
        Optional<Stamp> stamp = Stamp.in(real);
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        Stat stat = Stat.of(real).orElseThrow();
        Owners owners = Owners.of(host);
        return Optional.of(desired.holding(
                unpacked(desired, stamp.get(), host),
                owners.user(stat.uid(), desired.owner()),
                owners.group(stat.gid(), desired.group())));
    }

    private static Unpacked unpacked(ArchiveResource desired, Stamp stamp, Host host) {
        Path real = host.path(desired.path());
        Optional<String> missing = desired.creates().filter(name -> !Files.exists(real.resolve(name)));
        if (missing.isPresent()) {
            return new Unpacked("without " + missing.get() + ": " + stamp.text(), false);
        }
        return new Unpacked(stamp.text(), Stamp.of(desired, host).equals(Optional.of(stamp)));
    }

    @Override
    public void check(Change<ArchiveResource> change, Host host) throws IOException, InterruptedException {
        ArchiveResource desired = change.desired();
        Writable.requireParent(desired.path(), host);
        if (change.action() == Action.DELETE) {
            return;
        }
        Optional<Stat> now = Stat.of(host.path(desired.path()));
        OwnershipCheck.require(desired.path(), now, ownership(desired, now, host), Rights.of(host));
        if (change.action() == Action.CREATE) {
            NewFolder.requireRoom(desired.path(), host, "Converge has not unpacked it");
        }
        boolean readable = desired.source()
                .filter(source -> source.isRemote() || source.on(host).isReadable())
                .isPresent();
        if (unpacks(change) && !readable) {
            throw new ResourceFailure(
                    "The archive " + desired.source().orElseThrow() + " is not a file that can be read on this host.",
                    "Declare what makes it, and let this come after it.");
        }
        if (unpacks(change) && desired.source().orElseThrow().toString().endsWith(".zst")) {
            host.commands().check(Command.of("zstd"));
        }
    }

    private static boolean unpacks(Change<ArchiveResource> change) {
        return change.action() == Action.CREATE || change.names("contents");
    }

    @Override
    public void apply(Change<ArchiveResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        ArchiveResource desired = change.desired();
        Path real = host.path(desired.path());
        if (change.action() == Action.DELETE) {
            if (desired.backup()) {
                host.backups().keep(desired.path());
            }
            Removal.of(real);
            return;
        }
        if (unpacks(change)) {
            new Replacement(desired, host).make(ownership(desired, Stat.of(real), host));
            return;
        }
        ownership(desired, Optional.empty(), host).applyToAll(real); // what is not given stays
    }

    private static Ownership ownership(ArchiveResource desired, Optional<Stat> now, Host host)
            throws IOException, InterruptedException {
        return Owners.of(host).of(desired.owner(), desired.group(), now);
    }

    @Override
    public Optional<Undo> undo(Change<ArchiveResource> due, Host host) {
        return Optional.of(Undo.byFiles());
    }

    @Override
    public List<Step> steps(Declared<ArchiveResource> declared, Scene scene) {
        return ArchiveFirstBoot.steps(declared);
    }
}
