package dev.converge.target;

import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step.ContainerCommand;
import dev.converge.firstboot.Step.ContainerOption;
import dev.converge.firstboot.Step.RunContainer;
import java.util.ArrayList;
import java.util.List;

/** Containers as lines of sh(1). */
final class ShellContainers {
    private ShellContainers() {}

    static List<String> of(RunContainer step) {
        String engine = Quoted.word(step.engine());
        String name = Quoted.word(step.name());
        StringBuilder run =
                new StringBuilder(engine + (step.start() ? " run --detach" : " create") + " --name " + name);
        for (ContainerOption option : step.options()) {
            run.append(" --")
                    .append(option.name())
                    .append('=')
                    .append(Quoted.word(option.value().reveal()));
        }
        run.append(' ').append(Quoted.word(step.image()));
        step.command().forEach(word -> run.append(' ').append(Quoted.word(word)));
        List<String> lines = new ArrayList<>();
        lines.add("if ! " + engine + " container inspect " + name + " > /dev/null 2>&1; then");
        lines.add(run + " > /dev/null");
        lines.add("changed=yes");
        if (step.start()) {
            lines.add("elif [ \"$(" + engine + " container inspect --format '{{.State.Running}}' " + name
                    + ")\" != true ]; then");
            lines.add(engine + " start " + name + " > /dev/null");
            lines.add("changed=yes");
        }
        lines.add("fi");
        return lines;
    }

    static List<String> of(ContainerCommand step) {
        String line = Quoted.word(step.engine()) + " " + Quoted.words(step.words());
        return ShellCommands.guarded(step.guard(), text -> Quoted.words(List.of("/bin/sh", "-c", text.reveal())), line);
    }
}
