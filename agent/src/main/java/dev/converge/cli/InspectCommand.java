package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.host.LocalHost;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import dev.converge.schema.ManifestSource;
import dev.converge.schema.TypeSchema;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code converge inspect}: prints what is on this host as a manifest that is in sync with it. */
final class InspectCommand implements Main.Command {
    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;

    InspectCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
    }

    @Override
    public int run() throws IOException, InterruptedException {
        TypeSchema<?> schema = ExplainCommand.type(bench, arguments.operands().get(0));
        try {
            inspect(schema);
            return 0;
        } catch (ResourceFailure e) {
            throw new Failure(Diagnostic.error(Code.RESOURCE_FAILED, "Cannot inspect", e.getMessage())
                    .suggest(e.advice()));
        } catch (InvalidValueException e) {
            throw new Failure(Diagnostic.error(Code.USAGE, "Cannot inspect", e.getMessage())
                    .suggest(e.advice()));
        }
    }

    @SuppressWarnings("unchecked")
    private <R extends Resource> void inspect(TypeSchema<R> schema) throws IOException, InterruptedException {
        Provider<R> provider = schema.newProvider();
        if (!(provider instanceof Inspects<?>)) {
            throw Failure.usage(
                    "Cannot inspect",
                    schema.name() + " is not a state that can be read back from a host.",
                    "converge explain " + schema.name() + " tells what it does.");
        }
        Inspects<R> inspects = (Inspects<R>) provider;
        // Reading needs no backups, and an inspection must not make the folder for them.
        Host host = new LocalHost(Workbench.ROOT, bench.commands(), path -> {
            throw new IllegalStateException("an inspection replaces nothing: " + path);
        });
        Optional<String> name = arguments.operand(1);
        List<String> names = name.map(List::of).orElse(List.of());
        if (name.isEmpty()) {
            names = inspects.names(host);
            if (names.isEmpty()) {
                throw Failure.usage(
                        "Missing argument",
                        "There are none, or too many of " + schema.name() + " on a host to print them all.",
                        "Name one: converge inspect " + schema.name() + " NAME.");
            }
        }
        String gap = "";
        for (String one : names) {
            terminal.print(gap + source(schema, one, inspects.inspect(one, host)));
            gap = "\n";
        }
    }

    private static <R extends Resource> String source(TypeSchema<R> schema, String name, Optional<R> state) {
        return state.map(resource -> ManifestSource.present(schema, name, resource))
                .orElseGet(() -> ManifestSource.absent(schema, name));
    }
}
