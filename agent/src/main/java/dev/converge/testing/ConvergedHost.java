package dev.converge.testing;

import dev.converge.converger.Applier;
import dev.converge.converger.Converger;
import dev.converge.converger.RunListener;
import dev.converge.converger.RunOptions;
import dev.converge.facts.Facts;
import dev.converge.host.LiveFacts;
import dev.converge.model.Catalog;
import dev.converge.output.Style;
import dev.converge.output.TextReport;
import dev.converge.output.Verbosity;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.Run;
import dev.converge.schema.TypeRegistry;
import dev.converge.testhost.Shell;
import dev.converge.testhost.TestHost;
import java.util.List;
import java.util.Optional;

/** A throw-away host during one test: converges it, and runs programs on it. */
final class ConvergedHost {
    private static final int JOBS = 2;

    private final TestHost host;
    private List<String> changed = List.of();

    ConvergedHost(TestHost host) {
        this.host = host;
    }

    Facts facts() {
        return new Facts(new LiveFacts(host.getRoot(), host.commands()));
    }

    /** @throws SpecFailure when something fails, or when a second run changes anything */
    void converge(CatalogUnderTest tested) {
        Catalog catalog = tested.whole();
        Report first = walk(catalog, tested.types());
        if (first.exitStatus(false) != 0) {
            throw new SpecFailure("The host did not converge.\n" + told(tested, first));
        }
        changed = first.resources().stream()
                .filter(one -> one.outcome() instanceof Outcome.Changed)
                .map(one -> one.declared().id().toString())
                .toList();
        Report second = walk(catalog, tested.types());
        if (second.exitStatus(true) != 0) {
            throw new SpecFailure("The second run found something to do, so the first has not converged the host.\n"
                    + told(tested, second));
        }
    }

    private Report walk(Catalog catalog, TypeRegistry types) {
        return new Converger(types, host.host(), Applier.live(), RunOptions.jobs(JOBS))
                .converge(Run.begin(host.getName()), catalog, RunListener.silent());
    }

    private String told(CatalogUnderTest tested, Report report) {
        StringBuilder out = new StringBuilder();
        TextReport.Look look = new TextReport.Look(Style.plain(), Verbosity.NORMAL);
        TextReport text = new TextReport(tested.whole(), tested.types(), file -> Optional.empty(), look, out::append);
        report.resources().forEach(one -> text.resourceFinished(at(tested, one)));
        text.finish(report);
        return out.toString().stripTrailing();
    }

    /** The same at the place that the author of the spec knows. */
    private static ResourceReport at(CatalogUnderTest tested, ResourceReport one) {
        return new ResourceReport(
                tested.shown(one.declared()),
                one.outcome() instanceof Outcome.Failed failed
                        ? new Outcome.Failed(tested.shown(failed.diagnostic()), failed.made(), failed.trace())
                        : one.outcome(),
                one.startedAfter(),
                one.took(),
                one.causes(),
                one.commands(),
                one.tries());
    }

    List<String> changed() {
        return changed;
    }

    CommandCheck run(String... words) {
        Shell.Ended ended = host.attempt(words);
        return new CommandCheck(List.of(words), ended.getExit(), ended.getOutput());
    }

    String must(String... words) {
        CommandCheck ended = run(words);
        ended.succeeds();
        return ended.getOutput();
    }
}
