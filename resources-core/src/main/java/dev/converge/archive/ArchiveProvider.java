package dev.converge.archive;

import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.Host;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Unpacks archives beside their folders, and lets the two change places. */
public final class ArchiveProvider implements Provider<ArchiveResource> {
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
            return new Unpacked(stamp.text() + ", without " + missing.get(), false);
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
        Owners owners = Owners.of(host);
        desired.owner().ifPresent(owners::uid);
        desired.group().ifPresent(owners::gid);
        if (change.action() == Action.CREATE) {
            requireRoom(desired, host);
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

    private static void requireRoom(ArchiveResource desired, Host host) throws IOException {
        Path real = host.path(desired.path());
        Optional<Stat> stat = Stat.of(real);
        if (stat.isEmpty()) {
            return;
        }
        if (!stat.get().isDirectory()) {
            throw new ResourceFailure(
                    desired.path() + " is a " + stat.get().kind() + ", not a folder.", "Move it away.");
        }
        try (Stream<Path> entries = Files.list(real)) {
            if (entries.findAny().isPresent()) {
                throw new ResourceFailure(
                        desired.path() + " is not empty, and Converge has not unpacked it.",
                        "Move away what is in it, or choose a folder of its own.");
            }
        }
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
        Ownership ownership = ownership(desired, Stat.of(real), host);
        if (unpacks(change)) {
            new Replacement(desired, host).make(beside -> own(beside, ownership));
            return;
        }
        own(real, ownership);
    }

    private static Ownership ownership(ArchiveResource desired, Optional<Stat> now, Host host)
            throws IOException, InterruptedException {
        Owners owners = Owners.of(host);
        return new Ownership(
                owners.number(desired.owner().map(owners::uid), now.map(Stat::uid)),
                owners.number(desired.group().map(owners::gid), now.map(Stat::gid)),
                OptionalInt.empty());
    }

    private static void own(Path folder, Ownership ownership) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                ownership.applyTo(each);
            }
        }
    }
}
