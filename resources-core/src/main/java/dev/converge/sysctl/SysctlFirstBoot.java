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
        if (sysctl.live() && sysctl.persist()) {
            return List.of(new SetSysctl(sysctl.key().toString(), sysctl.value(), sysctl.file()));
        }
        return sysctl.persist() ? List.of(atBoot(sysctl)) : List.of(now(sysctl));
    }

    private static Step atBoot(SysctlResource sysctl) {
        return new WriteFile(sysctl.file(), Optional.of(Content.of(text(sysctl))), Ownership.root("0644"), true);
    }

    private static String text(SysctlResource sysctl) {
        return "# Kept by Converge: sysctl '" + sysctl.key() + "'\n" + sysctl.key() + " = " + sysctl.value() + "\n";
    }

    private static Step now(SysctlResource sysctl) {
        String file = Quoted.word(sysctl.key().live().toString());
        String value = Quoted.always(sysctl.value());
        return RunCommand.shell(
                "printf '%s\\n' " + value + " > " + file,
                Guard.unless("[ \"$(tr -s '\\t ' ' ' < " + file + ")\" = " + value + " ]"));
    }
}
