package dev.converge.pkg;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.InstallPackage;
import dev.converge.firstboot.Step.RemovePackage;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.util.List;
import java.util.Optional;

/** What installs a package without Converge. */
final class PkgFirstBoot {
    private PkgFirstBoot() {}

    static List<Step> steps(Declared<PkgResource> declared) {
        PkgResource pkg = declared.desired();
        String name = pkg.name().toString();
        if (declared.ensure() == Ensure.ABSENT) {
            return List.of(new RemovePackage(name, pkg.purge()));
        }
        refuse(pkg);
        PkgVersion version = pkg.version();
        Optional<String> exact = Optional.of(version.text()).filter(text -> version.isCertain());
        InstallPackage install =
                new InstallPackage(name, exact, pkg.recommends(), pkg.hold().orElse(false));
        if (pkg.hold().filter(held -> !held).isPresent()) {
            return List.of(install, unheld(name));
        }
        return version.equals(PkgVersion.LATEST) ? List.of(install, upgrade(name)) : List.of(install);
    }

    private static void refuse(PkgResource pkg) {
        InvalidValueException.when(
                pkg.source().isPresent(),
                "A package file is only installed by Converge itself.",
                "Put it into a repository, and declare that with aptRepository.");
        InvalidValueException.when(
                !pkg.options().isEmpty() || pkg.allowDowngrade() || pkg.configFiles() == ConfigFiles.REPLACE,
                "\"options\", \"allowDowngrade\" and \"configFiles\" are only for Converge itself.",
                "Leave them out: a new machine has no older version, and no changed configuration file.");
    }

    private static Step unheld(String name) {
        String word = Quoted.word(name);
        return RunCommand.shell(
                "apt-mark unhold -- " + word, Guard.onlyIf("apt-mark showhold -- " + word + " | grep -q ."));
    }

    /** One that a new machine brings may be older. */
    private static Step upgrade(String name) {
        String word = Quoted.word(name);
        String newest = "apt-cache policy -- " + word
                + " | awk '$1 == \"Installed:\" { now = $2 } $1 == \"Candidate:\" { best = $2 } END { exit now != best }'";
        return RunCommand.shell(
                "DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Options::=--force-confold install --no-remove -- "
                        + word,
                Guard.unless(newest));
    }
}
