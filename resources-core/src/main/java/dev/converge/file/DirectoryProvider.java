package dev.converge.file;

import dev.converge.filesystem.Kind;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.TrustedLink;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Mode;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import dev.converge.schema.Parsing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at a directory and, only when the manifest asks for it, at what is below it. */
public final class DirectoryProvider
        implements Undoes<DirectoryResource>,
                Inspects<DirectoryResource>,
                FirstBoot<DirectoryResource>,
                Watchable<DirectoryResource> {
    @Override
    public List<WatchPoint> watched(DirectoryResource desired, Host host) {
        return desired.contents().isPresent() ? List.of(new WatchPoint.Tree(desired.path())) : List.of();
    }

    @Override
    public Optional<DirectoryResource> observe(DirectoryResource desired, Host host)
            throws IOException, InterruptedException {
        Path real = real(desired.path(), host);
        Optional<Stat> found = Stat.of(real);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Stat stat = found.get();
        Owners owners = Owners.of(host);
        Optional<Contents> contents = Optional.empty();
        if (desired.contents().isPresent() && stat.isDirectory()) {
            contents = Optional.of(summary(desired, real, host).contents());
        }
        return Optional.of(state(
                desired,
                stat,
                contents,
                owners.user(stat.uid(), desired.owner()),
                owners.group(stat.gid(), desired.group())));
    }

    /** A link at the path itself that leads to a directory stands for that directory. */
    static Path real(Path path, Host host) throws IOException {
        Path real = host.path(path);
        Optional<Stat> link = Stat.of(real).filter(Stat::isLink);
        if (link.isEmpty() || !Files.isDirectory(real)) {
            return real;
        }
        TrustedLink.require(path, link.get());
        TrustedLink.requireOnWay(path, host);
        return real.toRealPath();
    }

    static TreeSummary summary(DirectoryResource desired, Path real, Host host)
            throws IOException, InterruptedException {
        TreeSummary summary = new TreeSummary();
        if (desired.contents().isPresent() && DirectoryChecks.ownersAreKnown(desired, host)) {
            new TreeComparison(Tree.of(desired, real, host), host, summary).walk();
        }
        return summary;
    }

    private static DirectoryResource state(
            DirectoryResource desired,
            Stat stat,
            Optional<Contents> contents,
            Optional<String> owner,
            Optional<String> group) {
        return new DirectoryResource(
                desired.path(),
                stat.kind(),
                contents,
                owner,
                group,
                desired.mode().isEmpty() ? desired.mode() : Optional.of(Mode.ofDirectoryBits(stat.mode())),
                desired.source(),
                desired.fileMode(),
                desired.dirMode(),
                desired.recurse(),
                desired.purge(),
                desired.ignore(),
                desired.parents(),
                desired.force(),
                desired.backup());
    }

    @Override
    public void check(Change<DirectoryResource> change, Host host) throws IOException, InterruptedException {
        DirectoryChecks.check(change, host);
    }

    @Override
    public void apply(Change<DirectoryResource> change, Host host) throws IOException, InterruptedException {
        DirectoryChecks.check(change, host);
        DirectoryWrite write = new DirectoryWrite(change.desired(), host);
        if (change.action() == Action.DELETE) {
            write.remove();
        } else {
            write.change(change);
        }
    }

    /** None: there are too many to list. */
    @Override
    public List<String> names(Host host) {
        return List.of();
    }

    @Override
    public Optional<DirectoryResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Path path = Parsing.path(name);
        Optional<Stat> found = Stat.of(host.path(path)).filter(Stat::isDirectory);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Owners owners = Owners.of(host);
        return Optional.of(new DirectoryResource(
                path,
                Kind.DIRECTORY,
                Optional.empty(),
                Optional.of(owners.userName(found.get().uid())),
                Optional.of(owners.groupName(found.get().gid())),
                Optional.of(Mode.ofDirectoryBits(found.get().mode())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                false,
                false,
                true));
    }

    /** An empty directory that was made goes again when it is empty; parents, and what was below it, as files. */
    @Override
    public Optional<Undo> undo(Change<DirectoryResource> due, Host host) {
        Path parent = due.desired().path().getParent();
        boolean withContents = due.action() == Action.DELETE
                || (due.desired().parents() && parent != null && !Files.isDirectory(host.path(parent)))
                || due.names("contents")
                || due.names("kind")
                || (due.action() == Action.CREATE && due.desired().contents().isPresent());
        return withContents ? Optional.of(Undo.byFiles()) : Optional.empty();
    }

    @Override
    public List<Step> steps(Declared<DirectoryResource> declared, Scene scene) {
        return DirectoryFirstBoot.steps(declared, scene);
    }
}
