package dev.converge.file;

import dev.converge.filesystem.Kind;
import dev.converge.filesystem.NewLink;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.schema.Parsing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads links and puts them in place in one step. */
public final class LinkProvider implements Undoes<LinkResource>, Inspects<LinkResource>, FirstBoot<LinkResource> {
    @Override
    public Optional<LinkResource> observe(LinkResource desired, Host host) throws IOException, InterruptedException {
        Path real = host.path(desired.path());
        Optional<Stat> found = Stat.of(real);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Stat stat = found.get();
        Owners owners = Owners.of(host);
        return Optional.of(new LinkResource(
                desired.path(),
                stat.kind(),
                stat.isLink() ? Files.readSymbolicLink(real).toString() : "",
                owners.user(stat.uid(), desired.owner()),
                owners.group(stat.gid(), desired.group()),
                desired.force(),
                desired.backup()));
    }

    @Override
    public void check(Change<LinkResource> change, Host host) throws IOException, InterruptedException {
        LinkResource desired = change.desired();
        Optional<Kind> other =
                Stat.of(host.path(desired.path())).map(Stat::kind).filter(kind -> !kind.equals(Kind.LINK));
        if (other.isPresent() && !desired.force()) {
            throw new ResourceFailure(
                    desired.path() + " is a " + other.get() + ", not a link.", InTheWay.FORCE, InTheWay.BY_HAND);
        }
        Writable.requireParent(desired.path(), host);
        if (change.action() != Action.DELETE) {
            if (desired.target().isEmpty()) {
                throw new ResourceFailure("A link has to lead somewhere, and its target is empty.", "Name its target.");
            }
            Owners owners = Owners.of(host);
            desired.owner().ifPresent(owners::uid);
            desired.group().ifPresent(owners::gid);
        }
    }

    @Override
    public void apply(Change<LinkResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        LinkResource desired = change.desired();
        Path real = host.path(desired.path());
        if (change.action() == Action.UPDATE && !change.names("target") && !change.names("kind")) {
            ownership(desired, host).applyTo(real);
            return;
        }
        if (desired.backup() || Stat.of(real).isEmpty()) {
            host.backups().keep(desired.path());
        }
        if (change.action() == Action.DELETE) {
            Removal.of(real);
            return;
        }
        NewLink.place(real, Path.of(desired.target()), ownership(desired, host), host);
    }

    private static Ownership ownership(LinkResource desired, Host host) throws IOException, InterruptedException {
        Owners owners = Owners.of(host);
        Optional<Stat> old = Stat.of(host.path(desired.path())).filter(Stat::isLink);
        return new Ownership(
                owners.number(desired.owner().map(owners::uid), old.map(Stat::uid)),
                owners.number(desired.group().map(owners::gid), old.map(Stat::gid)),
                OptionalInt.empty());
    }

    /** None: there are too many to list. */
    @Override
    public List<String> names(Host host) {
        return List.of();
    }

    @Override
    public Optional<LinkResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Path path = Parsing.path(name);
        Path real = host.path(path);
        Optional<Stat> found = Stat.of(real).filter(Stat::isLink);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Owners owners = Owners.of(host);
        return Optional.of(new LinkResource(
                path,
                Kind.LINK,
                Files.readSymbolicLink(real).toString(),
                Optional.of(owners.userName(found.get().uid())),
                Optional.of(owners.groupName(found.get().gid())),
                false,
                true));
    }

    /** Whatever was in its place is put back, unless only its owner changes. */
    @Override
    public Optional<Undo> undo(Change<LinkResource> due, Host host) {
        boolean placed = due.action() != Action.UPDATE || due.names("target") || due.names("kind");
        return placed ? Optional.of(Undo.byFiles()) : Optional.empty();
    }

    @Override
    public List<Step> steps(Declared<LinkResource> declared, Scene scene) {
        LinkResource link = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new Step.Remove(link.path(), link.force()));
        }
        dev.converge.firstboot.Ownership ownership =
                new dev.converge.firstboot.Ownership(link.owner(), link.group(), Optional.empty());
        Step made = new Step.MakeLink(link.path(), link.target(), ownership);
        String path = Quoted.word(link.path().toString());
        return link.force()
                ? List.of(
                        RunCommand.shell(
                                "rm -rf -- " + path, Guard.onlyIf("[ -e " + path + " ] && [ ! -L " + path + " ]")),
                        made)
                : List.of(made);
    }
}
