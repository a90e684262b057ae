package dev.converge.filesystem;

import dev.converge.process.Rights;
import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** Says before chown(2) and chmod(2) do that an ordinary user may not set an owner, a group or a mode. */
public final class OwnershipCheck {
    private OwnershipCheck() {}

    /**
     * Fails where chown(2) and chmod(2) would.
     *
     * @param path as the host sees it
     * @param now what is there; empty for what will be made
     * @param wanted the owner, group and mode to be set, where they are to be set
     */
    public static void require(Path path, Optional<Stat> now, Ownership wanted, Rights rights) {
        if (rights.isRoot()) {
            return;
        }
        int owner = now.map(Stat::uid).orElse(rights.uid());
        if (differs(wanted.uid(), owner)) {
            throw new ResourceFailure("Only root can give " + path + " to another user.", Rights.ADVICE);
        }
        boolean foreignGroup = differs(wanted.gid(), now.map(Stat::gid).orElse(-1))
                && !rights.groups().contains(wanted.gid().orElseThrow());
        if (foreignGroup) {
            throw new ResourceFailure("Only root can give " + path + " to a group that you are not in.", Rights.ADVICE);
        }
        boolean changed = differs(wanted.gid(), now.map(Stat::gid).orElse(-1))
                || differs(wanted.mode(), now.map(Stat::mode).orElse(-1));
        if (owner != rights.uid() && changed) {
            throw new ResourceFailure(
                    "Only root can change " + path + ", which belongs to another user.", Rights.ADVICE);
        }
    }

    private static boolean differs(OptionalInt wanted, int now) {
        return wanted.isPresent() && wanted.getAsInt() != now;
    }
}
