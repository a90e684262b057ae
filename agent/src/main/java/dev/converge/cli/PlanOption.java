package dev.converge.cli;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.filesystem.NamedFile;
import dev.converge.language.Site;
import dev.converge.model.Catalog;
import dev.converge.plan.Basis;
import dev.converge.plan.PlanStore;
import dev.converge.plan.ReviewedPlan;
import dev.converge.report.Ingredients;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code --save-plan} and {@code --plan}: writes what a dry run foresees, and holds a run to it. */
final class PlanOption {
    private final Arguments arguments;
    private final Workbench bench;

    /** @throws Failure when the options contradict each other */
    PlanOption(Arguments arguments, Workbench bench) {
        this.arguments = arguments;
        this.bench = bench;
        check();
    }

    private void check() {
        if (arguments.has(Option.SAVE_PLAN) && !arguments.has(Option.DRY_RUN)) {
            throw Failure.usage(
                    "Bad option",
                    "--save-plan writes what a dry run foresees, and this is none.",
                    "Add --dry-run; converge --plan FILE makes the changes later.");
        }
        Optional<String> obstacle =
                arguments.value(Option.SAVE_PLAN).map(Path::of).flatMap(NamedFile::obstacle);
        if (obstacle.isPresent()) {
            throw Failure.usage(
                    "Bad option",
                    "--save-plan cannot write there: " + obstacle.get(),
                    "Name a file in a folder of yours.");
        }
        for (Option other : List.of(Option.TAGS, Option.SAVE_PLAN)) {
            if (arguments.has(Option.PLAN) && arguments.has(other)) {
                throw Failure.usage(
                        "Bad option",
                        other.word() + " does not go with --plan: what the run is about stands in the plan.",
                        "Leave " + other.word() + " out, or make another plan.");
            }
        }
    }

    /**
     * The plan that the run is held to.
     *
     * @throws Failure when it is none of this host
     */
    Optional<ReviewedPlan> reviewed(Run run) {
        if (!arguments.has(Option.PLAN)) {
            return Optional.empty();
        }
        Checked<ReviewedPlan> plan =
                store().open(Path.of(arguments.value(Option.PLAN).orElseThrow()), run.host());
        if (!plan.isOk()) {
            throw new Failure(plan.diagnostics());
        }
        return plan.value();
    }

    private PlanStore store() {
        return new PlanStore(bench.state(), bench.types());
    }

    /**
     * The site that the run is about: the plan's own where there is a plan.
     *
     * @throws Failure when there is none, or the command line names another one than the plan
     */
    Site site(Optional<ReviewedPlan> plan) {
        Optional<Site> named = arguments.operand(0).map(bench::site);
        if (plan.isEmpty()) {
            return named.orElseThrow();
        }
        Site planned = bench.site(plan.get().site().toString());
        if (named.isPresent() && !named.get().equals(planned)) {
            throw Failure.usage(
                    "Plan refused",
                    "It was made for " + plan.get().site() + ", not for "
                            + arguments.operands().get(0) + ".",
                    "Leave the site out: the plan names it.");
        }
        return planned;
    }

    /** @throws Failure when the site or the facts give something else than they did for the plan */
    static void checkCatalog(Optional<ReviewedPlan> plan, Catalog catalog, Ingredients from) {
        if (plan.isPresent()) {
            List<Diagnostic> mismatches =
                    plan.get().mismatches(catalog, from.facts().read(), from.origin());
            if (!mismatches.isEmpty()) {
                throw new Failure(mismatches);
            }
        }
    }

    /** @throws Failure when the host has moved since the plan was made */
    static void checkHost(Session session, Catalog catalog, Site site) {
        List<Diagnostic> moves = session.moves(catalog);
        if (!moves.isEmpty()) {
            List<Diagnostic> told = new ArrayList<>();
            told.add(Diagnostic.error(
                            Code.PLAN,
                            "Plan refused",
                            "The host has moved since the plan was made. Nothing was changed.")
                    .suggest("Look at what has moved, make a new plan, and have it reviewed."));
            told.addAll(moves);
            throw Failure.in(site, told);
        }
    }

    /** Writes the plan when one is asked for; what there is to say about it. */
    Optional<String> save(Ingredients from, Set<String> tags, Catalog catalog, Report report) throws IOException {
        Optional<String> file = arguments.value(Option.SAVE_PLAN);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        if (report.interrupted()) {
            return Optional.of("No plan was saved: the dry run was interrupted.");
        }
        Path site = Path.of(arguments.operands().get(0)).toAbsolutePath().normalize();
        Basis basis =
                new Basis(report.run(), site, tags, from.origin(), from.facts().read());
        int changes = store().save(Path.of(file.get()), basis, catalog, report);
        return Optional.of("Saved a plan of " + changes + (changes == 1 ? " change" : " changes")
                + ". Make exactly these with: converge --plan " + file.get());
    }
}
