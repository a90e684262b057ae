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
        keep();
        Removal.of(host.path(desired.path()));
    }

    void change(Change<DirectoryResource> change) throws IOException, InterruptedException {
        Path real = DirectoryProvider.real(desired.path(), host);
        Optional<Stat> old = Stat.of(real);
        if (old.isPresent() && !old.get().isDirectory()) {
            keep();
            Removal.of(real);
            old = Optional.empty();
        }
        if (old.isEmpty()) {
            makeParents(real);
            EmptyFolder.make(real, ownership(old), host);
        } else {
            ownership(old).applyTo(real);
        }
        if (change.names("contents") || (old.isEmpty() && desired.contents().isPresent())) {
            contents(real);
        }
    }

    private void keep() throws IOException {
        if (desired.backup()) {
            host.backups().keep(desired.path());
        }
    }

    private void makeParents(Path real) throws IOException {
        Path parent = real.getParent();
        if (!desired.parents() || Files.isDirectory(parent)) {
            return;
        }
        makeParents(parent);
        EmptyFolder.make(
                parent, new Ownership(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(NEW_MODE)), host);
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

    private void contents(Path real) throws IOException, InterruptedException {
        Tree tree = Tree.of(desired, real, host);
        TreeWrite write = new TreeWrite(tree, host);
        new TreeComparison(tree, host, write).walk();
        if (write.wrote()) {
            host.commands().run(Command.of("sync", "-f", desired.path().toString()));
        }
    }
}
