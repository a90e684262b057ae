package dev.converge.cli;

import dev.converge.facts.Facts;
import dev.converge.model.Catalog;
import dev.converge.schema.CatalogDot;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.JsonText;

/** {@code converge compile}: prints the catalog of a host, this one or another. */
final class CompileCommand implements Main.Command {
    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    CompileCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() {
        boolean dot = arguments.choice(Option.FORMAT).equals("dot");
        Facts facts = new Facts(bench.facts());
        Catalog catalog = bench.catalog(bench.site(arguments.operands().get(0)), facts);
        if (dot) {
            terminal.print(CatalogDot.of(catalog));
        } else {
            JsonText.write(CatalogJson.of(catalog, bench.types()), terminal.out());
        }
        return 0;
    }
}
