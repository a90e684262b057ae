package dev.converge.cli;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.install.Fetching;
import dev.converge.install.ModuleCache;
import dev.converge.install.ModuleInstaller;
import dev.converge.install.NewModule;
import dev.converge.language.CompositeDoc;
import dev.converge.language.CompositeDocs;
import dev.converge.language.Site;
import dev.converge.model.InvalidValueException;
import dev.converge.module.ModuleFolder;
import dev.converge.module.ModuleList;
import dev.converge.module.SiteModule;
import dev.converge.module.SiteModules;
import dev.converge.output.ModulePage;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code converge module}: brings modules to a site, and helps those who write them. */
final class ModuleCommand implements Main.Command {
    private static final String INSTALL = "install";
    private static final String NEW = "new";
    private static final String DOCS = "docs";
    private static final String TEST = "test";
    private static final int SHORT_COMMIT = 12;

    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    ModuleCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() throws IOException, InterruptedException {
        String action = arguments.operands().get(0);
        if (arguments.operands().size() > 2) {
            throw Failure.usage(
                    "Too many arguments",
                    "\"" + arguments.operands().get(2) + "\" is one too many.",
                    "Write: converge module " + action + " DIR");
        }
        try {
            return switch (action) {
                case INSTALL -> install();
                case NEW -> begin();
                case DOCS -> docs();
                case TEST -> new ModuleTestCommand(arguments, terminal).run();
                default ->
                    throw Failure.usage(
                            "Unknown action",
                            "\"module\" knows no \"" + action + "\".",
                            Suggestions.didYouMean(action, List.of(INSTALL, NEW, DOCS, TEST))
                                    .orElse("Write: converge module install, new, docs or test."));
            };
        } catch (ResourceFailure e) {
            throw new Failure(
                    Diagnostic.error(Code.MODULE, "Module", e.getMessage()).suggest(e.advice()));
        }
    }

    private Path folder() {
        return Path.of(arguments.operand(1).orElse(".")).toAbsolutePath().normalize();
    }

    private int install() throws IOException, InterruptedException {
        Fetching fetching = fetching();
        Path folder = folder();
        if (!Files.exists(folder.resolve(ModuleList.FILE)) && !Files.exists(folder.resolve(Site.ENTRY))) {
            throw new Failure(Diagnostic.error(Code.SITE_FILE, "No site", folder + " has no " + ModuleList.FILE + ".")
                    .suggest("Name the folder of a site that lists its modules there."));
        }
        Checked<List<ModuleInstaller.Installed>> done = new ModuleInstaller(cache(), fetching).install(folder);
        Site site = new Site(folder, Path.of(Site.ENTRY), false, Checked.of(SiteModules.NONE));
        if (!done.isOk()) {
            throw Failure.in(site, done.diagnostics());
        }
        bench.warn(site, done.diagnostics());
        List<ModuleInstaller.Installed> modules = done.value().orElseThrow();
        for (ModuleInstaller.Installed module : modules) {
            terminal.print((module.changed() ? "installed " : "unchanged ") + module.name() + " " + module.version()
                    + " (" + module.revision() + ", commit " + module.commit().substring(0, SHORT_COMMIT) + ")\n");
        }
        if (modules.isEmpty()) {
            terminal.print("Nothing to install: " + ModuleList.FILE + " lists no module from Git.\n");
        }
        return 0;
    }

    private Path cache() {
        return arguments
                .value(Option.STATE_DIR)
                .map(state -> Path.of(state).toAbsolutePath().resolve("modules"))
                .orElseGet(() -> ModuleCache.folder(System.getenv()));
    }

    private Fetching fetching() {
        boolean update = arguments.has(Option.UPDATE);
        boolean offline = arguments.has(Option.OFFLINE);
        if (update && offline) {
            throw Failure.usage(
                    "Options that exclude each other",
                    "--update asks servers, and --offline forbids it.",
                    "Give one of them.");
        }
        return update ? Fetching.UPDATE : offline ? Fetching.OFFLINE : Fetching.WHAT_IS_MISSING;
    }

    private int begin() throws IOException {
        if (arguments.operand(1).isEmpty()) {
            throw Failure.usage(
                    "Missing argument",
                    "What the module is called is not said.",
                    "Write: converge module new NAME, or modules/NAME in a site.");
        }
        try {
            terminal.print(new NewModule(folder()).make());
            return 0;
        } catch (InvalidValueException e) {
            throw Failure.usage("Bad name", e.getMessage(), e.advice().orElse("Give it another name."));
        }
    }

    private int docs() throws IOException {
        if (!ModuleFolder.isModule(folder())) {
            throw new Failure(Diagnostic.error(Code.MODULE, "No module", folder() + " has no module.yaml.")
                    .suggest("Name the folder of a module, or begin one: converge module new NAME"));
        }
        SiteModule module = required(SiteModule.in(folder()));
        List<CompositeDoc> composites = required(CompositeDocs.of(module, bench.types()));
        Path readme = module.folder().resolve("README.md");
        String before = Files.exists(readme) ? Files.readString(readme) : "";
        String after = new ModulePage(module.description()).in(before, composites);
        if (after.equals(before)) {
            terminal.print(readme + " is up to date.\n");
            return 0;
        }
        Files.writeString(readme, after);
        terminal.print("Wrote the parameters of " + composites.size()
                + (composites.size() == 1 ? " composite" : " composites") + " into " + readme + ".\n");
        return 0;
    }

    private <T> T required(Checked<T> checked) {
        Site here = new Site(folder(), Path.of(Site.ENTRY), false, Checked.of(SiteModules.NONE));
        return checked.value().orElseThrow(() -> Failure.in(here, checked.diagnostics()));
    }
}
