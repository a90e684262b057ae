package dev.converge.service;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.MakeFolder;
import dev.converge.firstboot.Step.RefreshUnit;
import dev.converge.firstboot.Step.ReloadUnits;
import dev.converge.firstboot.Step.Remove;
import dev.converge.firstboot.Step.SetUnit;
import dev.converge.firstboot.Step.WriteFile;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Units and timers without Converge. */
final class UnitFirstBoot {
    private UnitFirstBoot() {}

    static List<Step> steps(Declared<UnitResource> declared) {
        UnitResource unit = declared.desired();
        boolean own = unit.name().dropIn().isEmpty();
        if (declared.ensure() == Ensure.ABSENT) {
            List<Step> steps = new ArrayList<>();
            if (own && unit.folder().equals(UnitFolders.ETC)) {
                steps.add(off(unit.name().unit()));
            }
            steps.add(new Remove(unit.file(), false));
            steps.add(new ReloadUnits());
            return steps;
        }
        Content content = unit.content()
                .orElseThrow(() -> new InvalidValueException(
                        "The manifest does not say what is in the unit.", "Give content, or sections."));
        List<Step> steps = new ArrayList<>();
        if (!own) {
            steps.add(new MakeFolder(unit.file().getParent(), Ownership.UNSAID, true));
        }
        steps.add(file(unit.file(), content));
        steps.add(new ReloadUnits());
        return steps;
    }

    static List<Step> steps(Declared<TimerResource> declared, TimerResource timer) {
        Path timerFile = UnitFolders.ETC.resolve(timer.name().timer());
        Path serviceFile = UnitFolders.ETC.resolve(timer.name().service());
        if (declared.ensure() == Ensure.ABSENT) {
            List<Step> steps = new ArrayList<>();
            steps.add(off(timer.name().timer()));
            steps.add(new Remove(timerFile, false));
            if (!timer.command().isEmpty()) {
                steps.add(new Remove(serviceFile, false));
            }
            steps.add(new ReloadUnits());
            return steps;
        }
        List<Step> steps = new ArrayList<>();
        steps.add(file(
                timerFile,
                timer.timerFile()
                        .orElseThrow(() -> new InvalidValueException(
                                "The timer has no time at which it comes.", "Give onCalendar, such as 'daily'."))));
        timer.serviceFile().ifPresent(content -> steps.add(file(serviceFile, content)));
        steps.add(new ReloadUnits());
        steps.add(new SetUnit(
                timer.name().timer(), Optional.of(timer.enabled()), Optional.of(timer.running()), Optional.empty()));
        if (timer.running()) {
            steps.add(new RefreshUnit(timer.name().timer(), false));
        }
        return steps;
    }

    private static Step off(String unit) {
        return new SetUnit(unit, Optional.of(false), Optional.of(false), Optional.empty());
    }

    private static Step file(Path path, Content content) {
        return new WriteFile(path, Optional.of(content), Ownership.root("0644"), true);
    }
}
