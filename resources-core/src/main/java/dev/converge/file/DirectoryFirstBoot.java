package dev.converge.file;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.MakeFolder;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What makes a directory without Converge: a copied tree is a step for each of its files. */
final class DirectoryFirstBoot {
    private final DirectoryResource desired;
    private final String path;

    private DirectoryFirstBoot(DirectoryResource desired) {
        this.desired = desired;
        this.path = Quoted.word(desired.path().toString());
    }

    static List<Step> steps(Declared<DirectoryResource> declared, Scene scene) {
        DirectoryFirstBoot boot = new DirectoryFirstBoot(declared.desired());
        return declared.ensure() == Ensure.ABSENT ? boot.removed() : boot.made(scene);
    }

    private List<Step> removed() {
        return List.of(new Remove(desired.path(), desired.force()));
    }

    private List<Step> made(Scene scene) {
        InvalidValueException.when(
                desired.purge(),
                "\"purge\" removes what nobody has named, which only Converge itself does.",
                "Leave purge out, or let Converge make it: converge render cloud-init --bootstrap.");
        InvalidValueException.when(
                desired.source().filter(TreeSource::onHost).isPresent(),
                "A tree on the machine is not known before it boots.",
                "Take it from the site's files/.");
        List<Step> steps = new ArrayList<>();
        if (desired.force()) {
            steps.add(
                    RunCommand.shell("rm -f -- " + path, Guard.onlyIf("[ -e " + path + " ] && [ ! -d " + path + " ]")));
        }
        steps.add(new MakeFolder(
                desired.path(), new Ownership(desired.owner(), desired.group(), desired.mode()), desired.parents()));
        if (desired.source().isPresent()) {
            steps.addAll(new TreeFirstBoot(desired, scene).steps());
        } else {
            below().ifPresent(steps::add);
            modes("f", desired.fileMode()).ifPresent(steps::add);
            modes("d", desired.dirMode()).ifPresent(steps::add);
        }
        return steps;
    }

    private Optional<Step> below() {
        if (!desired.recurse() || (desired.owner().isEmpty() && desired.group().isEmpty())) {
            return Optional.empty();
        }
        String owner = desired.owner().orElse("");
        String group = desired.group().map(name -> ":" + name).orElse("");
        String others = "find " + path + " -xdev"
                + desired.owner().map(name -> " ! -user " + Quoted.word(name)).orElse("")
                + (desired.owner().isPresent() && desired.group().isPresent() ? " -o" : "")
                + desired.group()
                        .map(name -> (desired.owner().isPresent() ? " -xdev" : "") + " ! -group " + Quoted.word(name))
                        .orElse("");
        return Optional.of(RunCommand.shell(
                "find " + path + " -xdev -exec chown -h " + Quoted.word(owner + group) + " {} +",
                Guard.onlyIf(others + " | grep -q .")));
    }

    private Optional<Step> modes(String kind, Optional<Mode> mode) {
        return mode.map(wish -> {
            InvalidValueException.when(
                    wish.isSymbolic(),
                    "A symbolic mode for all that is below is only for Converge itself.",
                    "Write digits, such as '0644'.");
            String found = "find " + path + " -mindepth 1 -xdev -type " + kind + " ! -perm " + wish;
            return RunCommand.shell(found + " -exec chmod 0" + wish + " {} +", Guard.onlyIf(found + " | grep -q ."));
        });
    }
}
