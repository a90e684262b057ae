package dev.converge.cli;

import dev.converge.data.Outside;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.FactSource;
import dev.converge.facts.Facts;
import dev.converge.host.LiveFacts;
import dev.converge.host.LocalCommands;
import dev.converge.host.ModuleFacts;
import dev.converge.language.ManifestCompiler;
import dev.converge.language.ModuleCode;
import dev.converge.language.PermittedJars;
import dev.converge.language.Site;
import dev.converge.language.SiteInputs;
import dev.converge.model.Catalog;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.StateDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What commands work with: the resource types, this machine, its facts, and the compiler. */
final class Workbench {
    static final Path ROOT = Path.of("/");

    private final Arguments arguments;
    private final Terminal terminal;
    private TypeRegistry types = TypeRegistry.of(Workbench.class.getClassLoader());
    private Optional<Path> taughtBy = Optional.empty();
    private final LocalCommands commands = new LocalCommands(ROOT);
    private Optional<Path> usualState = Optional.empty();

    Workbench(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
    }

    /** Those of Converge; from when a site was opened on, those of its modules too. */
    TypeRegistry types() {
        return types;
    }

    /** The site whose modules bring some of the types. */
    Optional<Path> taughtBy() {
        return taughtBy;
    }

    LocalCommands commands() {
        return commands;
    }

    /** Programs and servers that the data of a site may ask. */
    Outside outside() {
        String list = System.getProperty("converge.data.sources", Outside.LIST.toString());
        return new Outside(commands, Path.of(list));
    }

    LiveFacts liveFacts() {
        return new LiveFacts(ROOT, commands, new ModuleFacts(() -> types.loader()));
    }

    /** The facts of the host that is asked for: this one, or what {@code --facts} and {@code --host} say. */
    FactSource facts() {
        FactSource facts = arguments
                .value(Option.FACTS)
                .map(file -> FactsFile.read(Path.of(file)))
                .orElseGet(this::liveFacts);
        return arguments
                .value(Option.HOST)
                .map(name -> FactsFile.named(facts, name))
                .orElse(facts);
    }

    /** The state is in this folder, unless the command line names another. */
    void keepIn(Path state) {
        usualState = Optional.of(state);
    }

    StateDirectory state() {
        // While the launcher trains its archive, nothing is kept.
        Optional<Path> training =
                Optional.ofNullable(System.getProperty("converge.training")).map(Path::of);
        Optional<Path> given = arguments
                .value(Option.STATE_DIR)
                .map(Path::of)
                .or(() -> training)
                .or(() -> usualState);
        return StateDirectory.of(given, System.getenv());
    }

    /** @throws Failure when there is none */
    Site site(String place) {
        Checked<Site> site = Site.open(Path.of(place));
        if (site.isOk()) {
            Site opened = site.value().orElseThrow();
            Checked<TypeRegistry> all = ModuleCode.types(opened, types, PermittedJars.ofMachine());
            learn(opened, all.value().orElseThrow(() -> Failure.in(opened, all.diagnostics())));
            return opened;
        }
        Optional<String> command =
                Suggestions.nearest(place, CommandName.words()).map(word -> "Did you mean \"converge " + word + "\"?");
        List<Diagnostic> told =
                site.diagnostics().stream().map(why -> why.suggest(command)).toList();
        throw new Failure(told);
    }

    /** Takes on the types of a site's modules. Without them the others are still of use, so a failure is only told. */
    void learn(Path place) {
        Checked<Site> site = Site.open(place);
        if (!site.isOk()) {
            complain(file -> Optional.empty(), List.of(noTypes(place)));
            return;
        }
        Site opened = site.value().orElseThrow();
        Checked<TypeRegistry> all = ModuleCode.types(opened, types, PermittedJars.ofMachine());
        all.value().ifPresent(found -> learn(opened, found));
        warn(opened, opened.modules().diagnostics());
        warn(opened, all.diagnostics());
    }

    private void learn(Site site, TypeRegistry all) {
        if (all != types) {
            types = all;
            taughtBy = Optional.of(site.root());
        }
    }

    private static Diagnostic noTypes(Path site) {
        return Diagnostic.warning(
                        Code.MODULE,
                        "Modules not found",
                        "Resource types came from modules of " + site + ", where there is no site any more.")
                .suggest("What they changed is taken back when the site is there again.");
    }

    /** @throws Failure when it does not compile; warnings are printed */
    Catalog catalog(Site site, Facts facts) {
        Checked<Catalog> catalog = compiled(site, facts, new SiteInputs());
        warn(site, catalog.diagnostics());
        return catalog.value().orElseThrow();
    }

    /**
     * A catalog, with no more than warnings beside it.
     *
     * @param inputs is told what of the site went into it
     * @throws Failure when it does not compile
     */
    Checked<Catalog> compiled(Site site, Facts facts, SiteInputs inputs) {
        Checked<Catalog> catalog = ManifestCompiler.asking(outside(), types, Optional.of(state().manifests()))
                .compile(site, facts, inputs);
        if (!catalog.isOk()) {
            throw Failure.in(site, catalog.diagnostics());
        }
        return catalog;
    }

    void warn(Site site, List<Diagnostic> warnings) {
        if (!warnings.isEmpty()) {
            complain(site::lines, warnings);
        }
    }

    private void complain(Function<String, Optional<List<String>>> lines, List<Diagnostic> warnings) {
        DiagnosticPrinter printer =
                new DiagnosticPrinter(lines, terminal.errStyle().color());
        terminal.complain(printer.print(warnings));
    }
}
