package dev.converge.file;

import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Target;
import dev.converge.model.Content;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One change of one file. */
final class FileWrite {
    /** What a new file gets when the manifest gives no mode: what root's umask of 022 makes of it. */
    private static final int NEW_MODE = 0644;

    private static final int NEW_SECRET_MODE = 0600;

    private final Change<FileResource> change;
    private final FileResource desired;
    private final Host host;

    FileWrite(Change<FileResource> change, Host host) {
        this.change = change;
        this.desired = change.desired();
        this.host = host;
    }

    /** Removes what is at the path itself; a link goes, what it leads to stays. */
    void remove() throws IOException {
        if (desired.backup()) {
            host.backups().keep(desired.path());
        }
        Removal.of(host.path(desired.path()));
    }

    void change() throws IOException, InterruptedException {
        Target target = desired.target(host);
        Optional<Stat> old = target.stat().filter(Stat::isFile);
        if (old.isPresent() && !change.names("content") && !change.names("source")) {
            ownership(old).applyTo(target.real());
            return;
        }
        rememberOld();
        try (NewFile candidate = NewFile.beside(target.real(), host)) {
            Optional<? extends Content> wanted = wanted();
            if (wanted.isPresent()) {
                candidate.write(wanted.get());
            }
            if (old.isPresent()) {
                candidate.inherit();
            }
            candidate.own(ownership(old));
            candidate.flush();
            desired.validation().accept(candidate.path(), host);
            makeRoom(target);
            candidate.place();
        }
    }

    private Optional<? extends Content> wanted() {
        return desired.source().isPresent() ? desired.source().map(source -> source.on(host)) : desired.content();
    }

    /** Reports are made after the file was replaced. */
    private void rememberOld() {
        change.before().flatMap(FileResource::wanted).ifPresent(before -> {
            if (before instanceof FileContent file) {
                file.remember();
            } else if (before instanceof Source source) {
                source.remember();
            }
        });
    }

    private void makeRoom(Target target) throws IOException {
        // Without a backup, only that there was nothing: an undo removes what is new.
        if (desired.backup() || target.stat().isEmpty()) {
            host.backups().keep(target.path());
        }
        if (target.stat().map(Stat::isDirectory).orElse(false)) {
            Removal.of(target.real());
        }
    }

    private int newMode() {
        return desired.wanted().map(Content::secrets).orElse(List.of()).isEmpty() ? NEW_MODE : NEW_SECRET_MODE;
    }

    /** What the manifest gives, and else what the file has. */
    private Ownership ownership(Optional<Stat> old) throws IOException, InterruptedException {
        Owners owners = Owners.of(host);
        int current = old.map(Stat::mode).orElseGet(this::newMode);
        return new Ownership(
                owners.number(desired.owner().map(owners::uid), old.map(Stat::uid)),
                owners.number(desired.group().map(owners::gid), old.map(Stat::gid)),
                OptionalInt.of(
                        desired.mode().map(mode -> mode.resolve(current, false)).orElse(current)));
    }
}
