package dev.converge.cli;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import dev.converge.filesystem.NamedFile;
import dev.converge.language.Site;
import dev.converge.model.Catalog;
import dev.converge.target.Bootstrap;
import dev.converge.target.FirstBootPlan;
import dev.converge.target.OutputTarget;
import dev.converge.target.OutputTargets;
import dev.converge.target.RenderOptions;
import dev.converge.target.Rendered;
import dev.converge.target.UserDataSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code converge render}: a host's catalog as something that makes the host without Converge. */
final class RenderCommand implements Main.Command {

    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    RenderCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() throws IOException {
        target(); // before a site is looked at, which takes longer
        Optional<String> part = arguments.value(Option.PART_URL);
        if (part.isPresent()) {
            write(UserDataSize.fetchedFrom(part.get()));
            return 0;
        }
        AgentManifest agent = new AgentManifest(arguments);
        write(
                agent.isGiven()
                        ? agent.use(site -> rendered(site, AgentManifest::told))
                        : rendered(Path.of(place()), plan -> plan));
        return 0;
    }

    private String place() {
        if (arguments.operands().size() < 2) {
            throw Failure.usage(
                    "Nothing to render",
                    "There is neither a manifest nor a folder with a site.",
                    arguments.has(Option.BOOTSTRAP)
                            ? "Name one that includes the module convergeagent, or give --url and --install."
                            : "Name one: converge render "
                                    + arguments.operands().get(0) + " SITE_DIR.");
        }
        return arguments.operands().get(1);
    }

    private Rendered rendered(Path place, UnaryOperator<FirstBootPlan> told) {
        Site site = bench.site(place.toString());
        OutputTarget target = target();
        Facts facts = new Facts(bench.facts());
        Catalog catalog = bench.catalog(site, facts);
        RenderOptions options = new RenderOptions(arguments.has(Option.LENIENT), arguments.has(Option.ALLOW_SECRETS));
        FirstBootPlan plan = told.apply(FirstBootPlan.of(catalog, bench.types(), facts));
        return value(site, target.render(bootstrapped(plan, site), options));
    }

    private FirstBootPlan bootstrapped(FirstBootPlan plan, Site site) {
        boolean stays = arguments.has(Option.DAEMON) || !arguments.has(Option.SITE_URL);
        return arguments.has(Option.BOOTSTRAP) || arguments.has(Option.SITE_URL)
                ? value(site, Bootstrap.of(plan, stays))
                : plan;
    }

    private <T> T value(Site site, Checked<T> checked) {
        if (!checked.isOk()) {
            throw Failure.in(site, checked.diagnostics());
        }
        bench.warn(site, checked.diagnostics());
        return checked.value().orElseThrow();
    }

    private OutputTarget target() {
        String name = arguments.operands().get(0);
        OutputTargets targets = OutputTargets.of(bench.types(), size());
        return targets.find(name)
                .orElseThrow(() -> Failure.usage(
                        "Unknown target",
                        "There is no target \"" + name + "\".",
                        Suggestions.didYouMean(name, targets.names())
                                .orElse("Write one of " + String.join(", ", targets.names()) + ".")));
    }

    private UserDataSize size() {
        Optional<String> given = arguments.value(Option.MAX_SIZE);
        if (given.isEmpty()) {
            return UserDataSize.ofClouds();
        }
        if (!given.get().matches("[0-9]{1,9}")) {
            throw Failure.usage(
                    "Bad option",
                    "--max-size takes a number of bytes, not \"" + given.get() + "\".",
                    "Write --max-size 16384, or 0 for any size.");
        }
        return new UserDataSize(Integer.parseInt(given.get()));
    }

    private void write(Rendered rendered) throws IOException {
        Optional<Path> file = arguments.value(Option.FILE).map(Path::of);
        Optional<String> obstacle = file.flatMap(NamedFile::obstacle);
        if (obstacle.isPresent()) {
            throw Failure.usage(
                    "Bad option",
                    "-o cannot write there: " + obstacle.get(),
                    "Name a file in a folder that exists; without -o it goes to the standard output.");
        }
        if (file.isPresent()) {
            String rights = arguments.has(Option.ALLOW_SECRETS) ? "rw-------" : "rw-r--r--";
            NamedFile.replace(file.get(), PosixFilePermissions.fromString(rights), out -> out.write(rendered.bytes()));
            return;
        }
        OutputStream out = terminal.out();
        out.write(rendered.bytes());
        out.flush();
    }
}
