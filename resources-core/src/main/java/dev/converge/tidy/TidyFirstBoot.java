package dev.converge.tidy;

import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is tidied without Converge, by find(1), which looks at a folder's age before it empties it. */
final class TidyFirstBoot {
    private static final List<String> TYPES = List.of("file", "unit", "cron", "directory", "link");

    private TidyFirstBoot() {}

    static List<Step> steps(TidyResource tidy, Scene scene) {
        InvalidValueException.when(tidy.backup(), "\"backup\" is only for Converge itself.", "Leave it out.");
        InvalidValueException.when(
                tidy.matches().stream().anyMatch(glob -> !glob.matches("[^/{}\\\\\\[\\]]+") || glob.contains("**")),
                "A pattern with folders, braces or brackets is only for Converge itself.",
                "Write patterns for names, such as '*.log'.");
        String path = Quoted.word(tidy.path().toString());
        String find = "find " + path + " -xdev -mindepth 1" + (tidy.recurse() ? "" : " -maxdepth 1");
        String kept = kept(tidy, scene);
        String files = " -type f" + age(tidy) + size(tidy) + names(tidy) + kept;
        String folders = " -type d" + age(tidy) + kept;
        String rubbish = find + files;
        String removal = rubbish + " -exec rm -f -- {} +";
        if (tidy.directories()) {
            rubbish = find + " \\(" + files + " -o" + folders + " -empty \\)";
            removal = find + " -depth \\(" + files + " -exec rm -f -- {} \\; -o" + folders
                    + " -exec rmdir --ignore-fail-on-non-empty -- {} \\; \\)";
        }
        return List.of(RunCommand.shell(removal, Guard.onlyIf("[ -d " + path + " ] && " + rubbish + " | grep -q .")));
    }

    private static String age(TidyResource tidy) {
        if (tidy.age().isEmpty()) {
            return "";
        }
        Duration age = tidy.age().get();
        InvalidValueException.when(
                age.toSeconds() % 60 != 0, "An age in seconds is only for Converge itself.", "Write minutes.");
        return (tidy.ageOf() == AgeOf.ACCESSED ? " -amin +" : " -mmin +") + Math.max(0, age.toMinutes() - 1);
    }

    private static String size(TidyResource tidy) {
        return tidy.size().map(size -> " -size +" + (size.bytes() - 1) + "c").orElse("");
    }

    private static String names(TidyResource tidy) {
        return tidy.matches().isEmpty()
                ? ""
                : tidy.matches().stream()
                        .map(glob -> "-name " + Quoted.always(glob))
                        .collect(Collectors.joining(" -o ", " \\( ", " \\)"));
    }

    /** What is declared stays, and the folders that it is in. */
    private static String kept(TidyResource tidy, Scene scene) {
        Set<Path> kept = new TreeSet<>();
        for (String type : TYPES) {
            scene.all(type, Resource.class).stream()
                    .map(other -> other.id().name())
                    .filter(name -> name.startsWith(tidy.path() + "/"))
                    .map(Path::of)
                    .forEach(path -> Stream.iterate(path, up -> !up.equals(tidy.path()), Path::getParent)
                            .forEach(kept::add));
        }
        return kept.stream()
                .map(path -> " ! -path " + Quoted.always(path.toString().replaceAll("[*?\\[\\\\]", "\\\\$0")))
                .collect(Collectors.joining());
    }
}
