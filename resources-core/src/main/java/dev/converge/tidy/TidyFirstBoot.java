package dev.converge.tidy;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import java.util.List;
import java.util.stream.Collectors;

/** What is tidied without Converge, by find(1). */
final class TidyFirstBoot {
    private TidyFirstBoot() {}

    static List<Step> steps(TidyResource tidy, Scene scene) {
        InvalidValueException.when(
                tidy.directories() || tidy.backup(),
                "\"directories\" and \"backup\" are only for Converge itself.",
                "Leave them out.");
        InvalidValueException.when(
                tidy.matches().stream().anyMatch(glob -> !glob.matches("[^/{}\\\\\\[\\]]+") || glob.contains("**")),
                "A pattern with folders, braces or brackets is only for Converge itself.",
                "Write patterns for names, such as '*.log'.");
        String path = Quoted.word(tidy.path().toString());
        StringBuilder find = new StringBuilder("find " + path + " -xdev -mindepth 1");
        find.append(tidy.recurse() ? "" : " -maxdepth 1").append(" -type f");
        tidy.age().ifPresent(age -> {
            InvalidValueException.when(
                    age.toSeconds() % 60 != 0, "An age in seconds is only for Converge itself.", "Write minutes.");
            String word = tidy.ageOf() == AgeOf.ACCESSED ? " -amin +" : " -mmin +";
            find.append(word).append(Math.max(0, age.toMinutes() - 1));
        });
        tidy.size()
                .ifPresent(
                        size -> find.append(" -size +").append(size.bytes() - 1).append('c'));
        if (!tidy.matches().isEmpty()) {
            find.append(tidy.matches().stream()
                    .map(glob -> "-name " + Quoted.always(glob))
                    .collect(Collectors.joining(" -o ", " \\( ", " \\)")));
        }
        for (String type : List.of("file", "unit", "cron")) {
            scene.all(type, Resource.class).stream()
                    .map(other -> other.id().name())
                    .filter(name -> name.startsWith(tidy.path() + "/"))
                    .forEach(name -> find.append(" ! -path ").append(Quoted.always(name)));
        }
        return List.of(RunCommand.shell(
                find + " -exec rm -f -- {} +", Guard.onlyIf("[ -d " + path + " ] && " + find + " | grep -q .")));
    }
}
