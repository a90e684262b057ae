package dev.converge.mount;

import dev.converge.provider.Action;
import dev.converge.provider.Change;
import java.util.Optional;

/**
 * What a change means for the running host.
 *
 * @param unmount whether what is mounted goes
 * @param mount whether it is mounted, after that
 * @param remount whether it stays mounted and gets its options anew
 */
record MountSteps(boolean unmount, boolean mount, boolean remount) {
    static MountSteps of(Change<MountResource> change, MountTable table) {
        MountResource desired = change.desired();
        boolean there = table.at(desired.path()).isPresent();
        if (!table.running()) {
            return new MountSteps(false, false, false);
        }
        if (change.action() == Action.DELETE) {
            return new MountSteps(there, false, false);
        }
        Optional<Live> before = change.before().flatMap(MountResource::live);
        if (before.isEmpty()) {
            return new MountSteps(false, desired.wantsMounted().orElse(false), false);
        }
        boolean other = before.get().has(Live.Aspect.DEVICE);
        boolean options = before.get().has(Live.Aspect.OPTIONS) || (there && changesOptions(change));
        return new MountSteps(
                other || before.get().has(Live.Aspect.PRESENT),
                other || before.get().has(Live.Aspect.MISSING),
                options && !other && !before.get().has(Live.Aspect.PRESENT));
    }

    /** What the kernel does not show of the options is known by the line that was there before. */
    private static boolean changesOptions(Change<MountResource> change) {
        Optional<FstabLine> before = change.before().flatMap(MountResource::atBoot);
        Optional<FstabLine> after = change.desired().atBoot();
        return before.isPresent()
                && after.isPresent()
                && !before.get().equals(FstabLine.NONE)
                && !after.get().optionSet().equals(before.get().optionSet());
    }
}
