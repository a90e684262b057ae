package dev.converge.sysctl;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.firstboot.Step.SetSysctl;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import java.util.List;
import java.util.Optional;

/** A parameter of the kernel without Converge. */
final class SysctlFirstBoot {
    private SysctlFirstBoot() {}

    static List<Step> steps(Declared<SysctlResource> declared) {
        SysctlResource sysctl = declared.desired();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new Remove(sysctl.file(), false));
        }
        if (!sysctl.persist()) {
            return List.of(now(sysctl));
        }
        return List.of(sysctl.live() ? kept(sysctl) : atBoot(kept(sysctl)));
    }

    static SetSysctl kept(SysctlResource sysctl) {
        return new SetSysctl(sysctl.key().toString(), sysctl.value(), sysctl.file());
    }

    private static Step atBoot(SetSysctl kept) {
        return new WriteFile(kept.file(), Optional.of(Content.of(kept.text())), Ownership.root("0644"), true);
    }

    private static Step now(SysctlResource sysctl) {
        String file = Quoted.word(sysctl.key().live().toString());
        String value = Quoted.always(sysctl.value());
        return RunCommand.shell(
                "printf '%s\\n' " + value + " > " + file,
                Guard.unless("[ \"$(tr -s '\\t ' ' ' < " + file + ")\" = " + value + " ]"));
    }
}
