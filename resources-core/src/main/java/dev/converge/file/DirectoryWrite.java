package dev.converge.file;

import dev.converge.filesystem.EmptyFolder;
import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** One change of one directory. */
final class DirectoryWrite {
    /** What a new directory gets when the manifest gives no mode: what root's umask of 022 makes of it. */
    private static final int NEW_MODE = 0755;

    private final DirectoryResource desired;
    private final Host host;

    DirectoryWrite(DirectoryResource desired, Host host) {
        this.desired = desired;
        this.host = host;
    }

    /** Removes what is at the path itself; a link goes, what it leads to stays. */
    void remove() throws IOException {
        keep(desired.path());
        Removal.of(host.path(desired.path()));
    }

    void change(Change<DirectoryResource> change) throws IOException, InterruptedException {
        Path real = DirectoryProvider.real(desired.path(), host);
        Optional<Stat> found = Stat.of(real);
        Optional<Stat> old = found.filter(Stat::isDirectory);
        if (old.isEmpty()) {
            makeParents(desired.path());
            keep(desired.path());
            if (found.isPresent()) {
                Removal.of(real);
            }
            EmptyFolder.make(real, ownership(old), host);
        } else {
            ownership(old).applyTo(real);
        }
        if (change.names("contents") || (old.isEmpty() && desired.contents().isPresent())) {
            contents(real, old.isEmpty());
        }
    }

    /** What is new is told in any case: an undo removes it. */
    private void keep(Path path) throws IOException {
        if (desired.backup() || Stat.of(host.path(path)).isEmpty()) {
            host.backups().keep(path);
        }
    }

    private void makeParents(Path path) throws IOException {
        Path parent = path.getParent();
        Path real = host.path(parent);
        if (!desired.parents() || Files.isDirectory(real)) {
            return;
        }
        makeParents(parent);
        keep(parent);
        EmptyFolder.make(real, new Ownership(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(NEW_MODE)), host);
    }

    private Ownership ownership(Optional<Stat> old) throws IOException, InterruptedException {
        Owners owners = Owners.of(host);
        int current = old.map(Stat::mode).orElse(NEW_MODE);
        return new Ownership(
                owners.number(desired.owner().map(owners::uid), Optional.empty()),
                owners.number(desired.group().map(owners::gid), Optional.empty()),
                OptionalInt.of(
                        desired.mode().map(mode -> mode.resolve(current, true)).orElse(current)));
    }

    private void contents(Path real, boolean isNew) throws IOException, InterruptedException {
        Tree tree = Tree.of(desired, real, host);
        TreeWrite write = new TreeWrite(tree, host, isNew);
        new TreeComparison(tree, host, write).walk();
        if (write.wrote()) {
            host.commands().run(Command.of("sync", "-f", desired.path().toString()));
        }
    }
}
