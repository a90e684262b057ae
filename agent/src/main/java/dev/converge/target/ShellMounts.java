package dev.converge.target;

import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Mounts as lines of sh(1): their line of fstab(5), their folder, and the mount itself. */
final class ShellMounts {
    private ShellMounts() {}

    static List<String> of(Mount step) {
        String line = Stream.of(
                        step.device(),
                        step.path().toString(),
                        step.type(),
                        step.options().isEmpty() ? "defaults" : String.join(",", step.options()),
                        Integer.toString(step.dump()),
                        Integer.toString(step.pass()))
                .map(ShellMounts::escaped)
                .collect(Collectors.joining(" "));
        List<String> lines = new ArrayList<>();
        lines.add("folders " + ShellSteps.word(step.path()));
        lines.add("at_boot " + Quoted.word(escaped(step.path().toString())) + " " + Quoted.always(line));
        if (step.now()) {
            lines.add("mounted " + ShellSteps.word(step.path()));
        }
        return lines;
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
    }
}
