package dev.converge.mount;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Mount;
import dev.converge.firstboot.Step.ReloadUnits;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/** A mount without Converge. */
final class MountFirstBoot {
    private MountFirstBoot() {}

    static List<Step> steps(Declared<MountResource> declared) {
        MountResource mount = declared.desired();
        InvalidValueException.when(
                declared.ensure() == Ensure.ABSENT || !mount.wantsMounted().orElse(true),
                "That something is not mounted is only for Converge itself.",
                "A new machine has not mounted it: leave it out.");
        String path = Quoted.word(mount.path().toString());
        if (!mount.persist()) {
            String options = mount.options().isEmpty() ? "" : " -o " + Quoted.word(String.join(",", mount.options()));
            return List.of(RunCommand.shell(
                    "mkdir -p -- " + path + " && mount -t " + Quoted.word(mount.fsType()) + options + " -- "
                            + Quoted.word(mount.device()) + " " + path,
                    Guard.unless("mountpoint -q -- " + path)));
        }
        boolean now = mount.wantsMounted().orElse(false);
        List<Step> steps = new ArrayList<>();
        steps.add(new Mount(
                mount.device(),
                mount.path(),
                mount.isBind() && mount.fsType().equals("auto") ? "none" : mount.fsType(),
                mount.options(),
                mount.dump(),
                mount.pass(),
                now));
        steps.add(new ReloadUnits());
        return steps;
    }
}
