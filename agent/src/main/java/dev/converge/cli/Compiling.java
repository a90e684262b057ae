package dev.converge.cli;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.language.Site;
import dev.converge.language.SiteInputs;
import dev.converge.output.JsonReport;
import dev.converge.schema.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Compiles a site for this host into the cache, for the agent, and tells programs what is wrong with it. */
final class Compiling {
    private Compiling() {}

    /** @param args the site, and the folder of the state */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        Terminal terminal = Terminal.ofProcess();
        List<Diagnostic> problems = problems(args[0], Path.of(args[1]), terminal);
        JsonText.write(JsonReport.refused(problems, true, problems.isEmpty() ? 0 : 1), terminal.out());
        terminal.out().flush();
    }

    private static List<Diagnostic> problems(String place, Path state, Terminal terminal) {
        Workbench bench = new Workbench(Arguments.parse(List.of("compile", place)), terminal);
        bench.keepIn(state);
        try {
            Site site = bench.site(place);
            bench.compiled(site, new Facts(bench.liveFacts()), new SiteInputs());
            return List.of();
        } catch (Failure e) {
            return e.diagnostics();
        }
    }
}
