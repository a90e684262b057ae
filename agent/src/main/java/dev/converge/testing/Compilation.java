package dev.converge.testing;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.SourceRange;
import dev.converge.facts.Facts;
import dev.converge.language.ManifestCompiler;
import dev.converge.language.ModuleCode;
import dev.converge.language.PermittedJars;
import dev.converge.language.Site;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.schema.TypeRegistry;
import java.util.List;
import java.util.Optional;

/**
 * What came of a manifest in a spec.
 *
 * @param catalog empty when it does not compile
 * @param diagnostics with the places that the spec's author knows
 * @param types the resource types that the manifest could use
 * @param trial the site that it was compiled in
 */
record Compilation(Optional<Catalog> catalog, List<Diagnostic> diagnostics, TypeRegistry types, TrialSite trial) {

    static Compilation of(TrialSite trial, Facts facts, TestRun run) {
        Site site = trial.site();
        Checked<TypeRegistry> types =
                ModuleCode.types(site, run.types(), PermittedJars.ofMachine().and(run.home()));
        if (!types.isOk()) {
            return new Compilation(Optional.empty(), trial.shown(types.diagnostics()), run.types(), trial);
        }
        TypeRegistry known = types.value().orElseThrow();
        Checked<Catalog> compiled = new ManifestCompiler(known, Optional.of(run.cache())).compile(site, facts);
        Compilation made = new Compilation(compiled.value(), trial.shown(compiled.diagnostics()), known, trial);
        compiled.value().ifPresent(catalog -> catalog.resources().stream()
                .filter(one -> trial.isTested(one.source()))
                .forEach(one -> run.coverage().compiled(one.id(), made.place(one))));
        return made;
    }

    /** Where a resource is declared, as the spec's author knows it. */
    SourceRange place(Declared<?> declared) {
        return trial.shown(declared.source());
    }

    /** Its diagnostics for people. */
    String problems() {
        return new DiagnosticPrinter(trial::lines, false).print(diagnostics).stripTrailing();
    }
}
