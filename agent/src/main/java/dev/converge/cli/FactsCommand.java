package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Suggestions;
import dev.converge.host.LiveFacts;
import dev.converge.output.Table;
import dev.converge.schema.JsonText;
import java.util.Optional;

/** {@code converge facts}: prints what manifests can know of this host. */
final class FactsCommand implements Main.Command {
    private final Arguments arguments;
    private final Terminal terminal;

    FactsCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    @Override
    public int run() {
        boolean json = arguments.choice(Option.OUTPUT).equals("json");
        LiveFacts facts = new Workbench(arguments, terminal).liveFacts();
        Optional<String> path = arguments.operand(0);
        Object tree =
                path.isEmpty() ? facts.all() : facts.fact(path.get()).orElseThrow(() -> unknown(path.get(), facts));
        if (!facts.warnings().isEmpty()) {
            terminal.complain(new DiagnosticPrinter(
                            file -> Optional.empty(), terminal.errStyle().color())
                    .print(facts.warnings()));
        }
        if (json) {
            JsonText.write(tree, terminal.out());
        } else {
            terminal.print(Table.facts(path.orElse(""), tree, terminal.outStyle()));
        }
        return 0;
    }

    private static Failure unknown(String path, LiveFacts facts) {
        return new Failure(Diagnostic.error(Code.FACTS, "Unknown fact", "This host has no fact \"" + path + "\".")
                .suggest(Suggestions.didYouMean(path, Table.names(facts.all()))
                        .or(() -> Optional.of("converge facts lists them all."))));
    }
}
