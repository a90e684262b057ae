package dev.converge.file;

import dev.converge.filesystem.Owners;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Stat;
import dev.converge.model.Mode;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A directory with all below it, as one host has it.
 *
 * @param desired what shall be below it
 * @param real its real path
 * @param uid the owner of all below it, when it is managed
 * @param gid likewise
 */
record Tree(DirectoryResource desired, Path real, OptionalInt uid, OptionalInt gid) {
    private static final int NEW_DIRECTORY = 0755;
    private static final int NEW_FILE = 0644;
    private static final int EXECUTE = 0111;

    static Tree of(DirectoryResource desired, Path real, Host host) throws IOException, InterruptedException {
        boolean owned = desired.source().isPresent() || desired.recurse();
        Owners owners = Owners.of(host);
        return new Tree(
                desired,
                real,
                owned ? owners.number(desired.owner().map(owners::uid), Optional.empty()) : OptionalInt.empty(),
                owned ? owners.number(desired.group().map(owners::gid), Optional.empty()) : OptionalInt.empty());
    }

    /** Its path as the host sees it, for what is declared and kept there. */
    Path path(Path relative) {
        return desired.path().resolve(relative);
    }

    boolean isDressed(Stat now) {
        return (uid.isEmpty() || uid.getAsInt() == now.uid())
                && (gid.isEmpty() || gid.getAsInt() == now.gid())
                && (now.isLink() || mode(now.isDirectory(), now.mode()) == now.mode());
    }

    /** What something that is there shall have. */
    Ownership dress(Stat now) {
        return new Ownership(uid, gid, OptionalInt.of(mode(now.isDirectory(), now.mode())));
    }

    /** What a copy shall have; of what it replaces it keeps what is not managed. */
    Ownership dress(Stat source, Optional<Stat> old) {
        Optional<Stat> same = old.filter(stat -> stat.kind().equals(source.kind()));
        int fresh =
                source.isDirectory() ? NEW_DIRECTORY : (source.mode() & EXECUTE) == 0 ? NEW_FILE : NEW_FILE | EXECUTE;
        int current = same.map(Stat::mode).orElse(fresh);
        return new Ownership(
                uid.isPresent()
                        ? uid
                        : same.map(stat -> OptionalInt.of(stat.uid())).orElse(uid),
                gid.isPresent()
                        ? gid
                        : same.map(stat -> OptionalInt.of(stat.gid())).orElse(gid),
                OptionalInt.of(mode(source.isDirectory(), current)));
    }

    private int mode(boolean directory, int current) {
        Optional<Mode> wanted = directory ? desired.dirMode() : desired.fileMode();
        return wanted.isEmpty() ? current : wanted.get().resolve(current, directory);
    }
}
