package dev.converge.target;

import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.firstboot.Step.RewriteFile;
import dev.converge.firstboot.Step.RunCommand;
import dev.converge.model.Text;
import dev.converge.target.FirstBootPlan.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Long texts that several programs of a script get to know, such as the program that edits a file: written once, at its head. */
final class SharedTexts {
    private static final int LONG = 200;

    private final Map<String, String> names = new LinkedHashMap<>();

    private SharedTexts() {}

    static SharedTexts of(List<Part> parts) {
        Map<String, Integer> uses = new LinkedHashMap<>();
        for (Part part : parts) {
            for (Step step : part.steps()) {
                command(step).ifPresent(command -> command.environment().values().stream()
                        .filter(text -> !text.isSensitive())
                        .map(Text::reveal)
                        .filter(text -> text.length() > LONG)
                        .forEach(text -> uses.merge(text, 1, Integer::sum)));
            }
        }
        SharedTexts shared = new SharedTexts();
        uses.forEach((text, times) -> {
            if (times > 1) {
                shared.names.put(text, "shared_" + (shared.names.size() + 1));
            }
        });
        return shared;
    }

    private static Optional<RunCommand> command(Step step) {
        if (step instanceof RewriteFile file) {
            return Optional.of(file.program());
        }
        return step instanceof RunCommand command ? Optional.of(command) : Optional.empty();
    }

    /** The lines that give them their names. */
    String definitions() {
        StringBuilder lines = new StringBuilder();
        names.forEach((text, name) ->
                lines.append(name).append('=').append(Quoted.always(text)).append('\n'));
        return lines.toString();
    }

    /** A script with the names in place of the texts. */
    String used(String script) {
        String shorter = script;
        for (Map.Entry<String, String> shared : names.entrySet()) {
            shorter = shorter.replace("=" + Quoted.always(shared.getKey()), "=\"$" + shared.getValue() + '"');
        }
        return shorter;
    }
}
