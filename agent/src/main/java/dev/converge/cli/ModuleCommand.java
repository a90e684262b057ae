package dev.converge.cli;

import dev.converge.diagnostic.Suggestions;
import java.io.IOException;
import java.util.List;

/** {@code converge module}: what authors do with modules. */
final class ModuleCommand implements Main.Command {
    private static final List<String> VERBS = List.of("test");

    private final Arguments arguments;
    private final Terminal terminal;

    ModuleCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    @Override
    public int run() throws IOException, InterruptedException {
        String verb = arguments.operand(0).orElse("");
        return switch (verb) {
            case "test" -> new ModuleTestCommand(arguments, terminal).run();
            default ->
                throw Failure.usage(
                        "Unknown command",
                        "converge module has no \"" + verb + "\".",
                        Suggestions.didYouMean(verb, VERBS).orElse("Try converge module --help."));
        };
    }
}
