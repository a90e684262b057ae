package dev.converge.serve;

import dev.converge.data.Data;
import dev.converge.data.Outside;
import dev.converge.data.ParsedDocuments;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.facts.FixedFacts;
import dev.converge.language.ManifestCompiler;
import dev.converge.language.ModuleCode;
import dev.converge.language.PermittedJars;
import dev.converge.language.Site;
import dev.converge.language.SiteData;
import dev.converge.language.SiteInputs;
import dev.converge.model.Catalog;
import dev.converge.schema.TypeRegistry;
import dev.converge.target.Bootstrap;
import dev.converge.target.FirstBootPlan;
import dev.converge.target.OutputTargets;
import dev.converge.target.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A site at a commit with the hosts that it has: what a host gets is a pure function of it, the host's facts and the data. */
final class Edition {
    private final SiteVersion version;
    private final Site site;
    private final TypeRegistry types;
    private final ManifestCompiler compiler;
    private final EditionSettings settings;
    private final HostTable hosts;
    private final boolean asksOutside;
    private final Optional<String> outsideData;

    private Edition(SiteVersion version, Opened opened, EditionSettings settings) {
        this.version = version;
        this.site = opened.site();
        this.types = opened.types();
        this.settings = settings;
        this.compiler =
                ManifestCompiler.asking(settings.outside(), types, Optional.of(settings.manifests()), settings.limit());
        this.hosts = opened.hosts();
        this.asksOutside = opened.data().asksOutside();
        this.outsideData = opened.inputs().dataDigest();
    }

    /** What was found in the folder of a commit. */
    private record Opened(Site site, TypeRegistry types, Data data, HostTable hosts, SiteInputs inputs) {}

    /** Its classes are in loaders of its own, and go with it. */
    static Checked<Edition> open(SiteVersion version, EditionSettings settings) {
        Checked<Site> site = Site.open(version.folder());
        if (!site.isOk()) {
            return Checked.failed(site.diagnostics());
        }
        Site opened = site.value().orElseThrow();
        if (!opened.modules().isOk()) {
            return Checked.failed(opened.modules().diagnostics());
        }
        return open(version, opened, settings);
    }

    private static Checked<Edition> open(SiteVersion version, Site site, EditionSettings settings) {
        Checked<TypeRegistry> types = ModuleCode.types(site, settings.types(), PermittedJars.ofMachine());
        SiteInputs inputs = new SiteInputs();
        Checked<Data> data = data(site, inputs, settings.outside());
        if (!types.isOk() || !data.isOk()) {
            List<Diagnostic> problems = new ArrayList<>(types.diagnostics());
            problems.addAll(data.diagnostics());
            return Checked.failed(problems);
        }
        Data known = data.value().orElseThrow();
        Checked<HostTable> hosts = HostRows.read(known, new HostFacts(site.root()));
        if (!hosts.isOk()) {
            return Checked.failed(hosts.diagnostics());
        }
        Opened opened = new Opened(
                site, types.value().orElseThrow(), known, hosts.value().orElseThrow(), inputs);
        return Checked.of(new Edition(version, opened, settings));
    }

    /** As it is for no host: a level whose path has facts in it is passed over. */
    private static Checked<Data> data(Site site, SiteInputs inputs, Outside outside) {
        return SiteData.open(site, new Facts(new FixedFacts(Map.of())), inputs, new ParsedDocuments(), outside);
    }

    /** What a host gets, or why it cannot. */
    Checked<Page> render(ServedHost host, Form form) {
        Facts facts = new Facts(host.facts());
        Checked<Catalog> catalog = compiler.compile(site, facts);
        if (!catalog.isOk()) {
            return Checked.failed(catalog.diagnostics());
        }
        FirstBootPlan plan = FirstBootPlan.of(catalog.value().orElseThrow(), types, facts);
        Checked<FirstBootPlan> wanted = form == Form.BOOTSTRAP ? Bootstrap.of(plan, true) : Checked.of(plan);
        if (!wanted.isOk()) {
            return Checked.failed(wanted.diagnostics());
        }
        Checked<Rendered> rendered = OutputTargets.of(types)
                .find(form.target())
                .orElseThrow()
                .render(wanted.value().orElseThrow(), settings.options());
        List<Diagnostic> told = new ArrayList<>(catalog.diagnostics());
        told.addAll(rendered.diagnostics());
        return new Checked<>(rendered.value().map(one -> Page.of(one.bytes(), one.mediaType())), told);
    }

    SiteVersion version() {
        return version;
    }

    HostTable hosts() {
        return hosts;
    }

    /** The lines of its files, for showing them. */
    Optional<List<String>> lines(String file) {
        return site.lines(file);
    }

    /** Whether values come from where they may change without a commit. */
    boolean asksOutside() {
        return asksOutside;
    }

    /** What the table of hosts was read from; another one when Consul, or a program, says something else now. */
    Optional<String> tableDigest() {
        return outsideData;
    }
}
