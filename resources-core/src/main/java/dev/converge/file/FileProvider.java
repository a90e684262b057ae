package dev.converge.file;

import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.Kind;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Target;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Mode;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.schema.Parsing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at a file with one {@code lstat(2)}, and at its content only when that is to be compared. */
public final class FileProvider implements Undoes<FileResource>, Inspects<FileResource>, FirstBoot<FileResource> {
    @Override
    public Optional<FileResource> observe(FileResource desired, Host host) throws IOException, InterruptedException {
        Target target = desired.target(host);
        if (target.stat().isPresent()) {
            return Optional.of(state(desired, target, target.stat().get(), host));
        }
        // A link that leads nowhere is something that can be removed, and no file yet.
        return target.followed() ? Optional.of(danglingLink(desired)) : Optional.empty();
    }

    private static FileResource state(FileResource desired, Target target, Stat stat, Host host)
            throws IOException, InterruptedException {
        Optional<? extends Content> wanted = desired.wanted();
        Optional<Content> content = Optional.empty();
        Optional<Source> source = Optional.empty();
        if (wanted.isPresent() && stat.isFile()) {
            FileContent seen = FileContent.observed(
                    target.real(), stat.size(), wanted.get().isSensitive());
            content = desired.content().isEmpty()
                    ? desired.content()
                    : desired.replace() ? Optional.of(seen) : desired.content();
            source = desired.source().isEmpty()
                    ? desired.source()
                    : desired.replace() ? Optional.of(Source.observed(seen, host)) : desired.source();
        }
        Optional<String> owner = desired.owner();
        Optional<String> group = desired.group();
        if (owner.isPresent() || group.isPresent()) {
            Owners owners = Owners.of(host);
            owner = owners.user(stat.uid(), owner);
            group = owners.group(stat.gid(), group);
        }
        Optional<Mode> mode = desired.mode().isEmpty() ? desired.mode() : Optional.of(Mode.ofBits(stat.mode()));
        return with(desired, stat.kind(), content, source, owner, group, mode);
    }

    private static FileResource danglingLink(FileResource desired) {
        return with(
                desired,
                Kind.LINK.seen(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static FileResource with(
            FileResource desired,
            Kind kind,
            Optional<Content> content,
            Optional<Source> source,
            Optional<String> owner,
            Optional<String> group,
            Optional<Mode> mode) {
        return new FileResource(
                desired.path(),
                kind,
                content,
                source,
                owner,
                group,
                mode,
                desired.encoding(),
                desired.source().isPresent() && source.isEmpty() ? Optional.empty() : desired.checksum(),
                desired.validate(),
                desired.replace(),
                desired.backup(),
                desired.showDiff(),
                desired.force(),
                desired.links());
    }

    @Override
    public void check(Change<FileResource> change, Host host) throws IOException, InterruptedException {
        FileChecks.check(change, host);
    }

    @Override
    public void apply(Change<FileResource> change, Host host) throws IOException, InterruptedException {
        FileChecks.check(change, host);
        FileWrite write = new FileWrite(change, host);
        if (change.action() == Action.DELETE) {
            write.remove();
        } else {
            write.change();
        }
    }

    /** None: there are too many to list. */
    @Override
    public List<String> names(Host host) {
        return List.of();
    }

    @Override
    public Optional<FileResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Path path = Parsing.path(name);
        Target target = Target.at(path, host);
        if (target.stat().isEmpty() || !target.stat().get().isFile()) {
            return Optional.empty();
        }
        Stat stat = target.stat().get();
        Owners owners = Owners.of(host);
        FileContent content = FileContent.observed(target.real(), stat.size(), false);
        boolean small = stat.size() <= Content.SHOWN_BYTES;
        return Optional.of(new FileResource(
                path,
                Kind.FILE,
                small ? Optional.of(content) : Optional.empty(),
                Optional.empty(),
                Optional.of(owners.userName(stat.uid())),
                Optional.of(owners.groupName(stat.gid())),
                Optional.of(Mode.ofBits(stat.mode())),
                small && content.text().isEmpty() ? Encoding.BASE64 : Encoding.TEXT,
                Optional.empty(),
                List.of(),
                true,
                true,
                true,
                false,
                Links.FOLLOW));
    }

    /** The whole file is put back, unless only its owner or mode change. */
    @Override
    public Optional<Undo> undo(Change<FileResource> due, Host host) {
        boolean written =
                due.action() != Action.UPDATE || due.names("content") || due.names("source") || due.names("kind");
        return written ? Optional.of(Undo.byFiles()) : Optional.empty();
    }

    @Override
    public List<Step> steps(Declared<FileResource> declared, Scene scene) {
        return FileFirstBoot.steps(declared);
    }
}
