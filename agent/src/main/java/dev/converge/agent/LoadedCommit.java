package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.host.LiveFacts;
import dev.converge.language.ManifestCompiler;
import dev.converge.language.ModuleCode;
import dev.converge.language.PermittedJars;
import dev.converge.language.Site;
import dev.converge.language.SiteInputs;
import dev.converge.model.Catalog;
import dev.converge.report.Ingredients;
import dev.converge.schema.TypeRegistry;
import dev.converge.source.SiteCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A commit that is compiled again for each run, since facts change; the classes that were loaded for it go with it. */
public final class LoadedCommit {
    private final SiteCopy copy;
    private final Site site;
    private final Machine machine;
    private final TypeRegistry types;
    private final ManifestCompiler compiler;

    private LoadedCommit(SiteCopy copy, Site site, Machine machine, TypeRegistry types) {
        this.copy = copy;
        this.site = site;
        this.machine = machine;
        this.types = types;
        this.compiler = ManifestCompiler.asking(
                machine.outside(), types, Optional.of(machine.state().manifests()));
    }

    static Checked<LoadedCommit> open(SiteCopy copy, Machine machine) {
        Checked<Site> site = Site.open(copy.folder());
        if (!site.isOk()) {
            return Checked.failed(site.diagnostics());
        }
        Checked<TypeRegistry> types =
                ModuleCode.types(site.value().orElseThrow(), machine.types(), PermittedJars.ofMachine());
        return types.isOk()
                ? Checked.of(new LoadedCommit(
                        copy, site.value().orElseThrow(), machine, types.value().orElseThrow()))
                : Checked.failed(types.diagnostics());
    }

    /**
     * It as this host is now.
     *
     * @param catalog with what is worth a warning in it and in the facts
     */
    record Compiled(String host, Ingredients from, Checked<Catalog> catalog) {}

    /** Empty of a catalog when it does not compile. */
    Compiled compile() {
        LiveFacts live = machine.facts(types);
        Facts facts = new Facts(live);
        Ingredients from = new Ingredients(site, new SiteInputs(), facts, Optional.of(copy.commit()));
        Checked<Catalog> catalog = compiler.compile(site, facts, from.inputs());
        List<Diagnostic> told = new ArrayList<>(catalog.diagnostics());
        told.addAll(live.warnings());
        return new Compiled(facts.getFqdn(), from, new Checked<>(catalog.value(), told));
    }

    /** Whether nothing is left for Groovy's compiler to do. */
    boolean isCompiled() {
        return compiler.isCompiled(site);
    }

    public SiteCopy copy() {
        return copy;
    }

    public Site site() {
        return site;
    }

    /** The types that it may use. */
    public TypeRegistry types() {
        return types;
    }
}
