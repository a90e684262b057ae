package dev.converge.cli;

import dev.converge.data.Data;
import dev.converge.data.DataFailure;
import dev.converge.data.Lookup;
import dev.converge.data.MissingKey;
import dev.converge.data.ParsedDocuments;
import dev.converge.diagnostic.Checked;
import dev.converge.facts.Facts;
import dev.converge.language.Site;
import dev.converge.language.SiteData;
import dev.converge.language.SiteInputs;
import dev.converge.output.LookupText;
import dev.converge.schema.JsonText;
import java.util.List;

/** {@code converge lookup}: what a key of the data is on a host, and why. */
final class LookupCommand implements Main.Command {
    private static final int NOT_FOUND = 1;

    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    LookupCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() {
        Site site = bench.site(arguments.value(Option.DATA_SITE).orElse("."));
        try {
            Data data = data(site);
            Lookup lookup = data.lookup(arguments.operands().get(0));
            print(lookup);
            bench.warn(site, data.foreign());
            if (lookup.value().isEmpty()) {
                bench.warn(site, List.of(MissingKey.of(lookup, data)));
                return NOT_FOUND;
            }
            return 0;
        } catch (DataFailure e) {
            throw Failure.in(site, List.of(e.diagnostic()));
        }
    }

    private Data data(Site site) {
        if (!site.modules().isOk()) {
            throw Failure.in(site, site.modules().diagnostics());
        }
        Checked<Data> data =
                SiteData.open(site, new Facts(bench.facts()), new SiteInputs(), new ParsedDocuments(), bench.outside());
        if (!data.isOk()) {
            throw Failure.in(site, data.diagnostics());
        }
        bench.warn(site, data.diagnostics());
        return data.value().orElseThrow();
    }

    private void print(Lookup lookup) {
        boolean explain = arguments.has(Option.EXPLAIN);
        if (arguments.choice(Option.OUTPUT).equals("json")) {
            JsonText.write(LookupText.tree(lookup, explain), terminal.out());
        } else if (explain) {
            terminal.print(LookupText.explanation(lookup, terminal.outStyle()));
        } else {
            lookup.value().ifPresent(value -> terminal.print(LookupText.value(value)));
        }
    }
}
