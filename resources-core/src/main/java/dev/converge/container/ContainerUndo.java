package dev.converge.container;

import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.Text;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What takes back a change of a container where its attributes before do not say it all. */
final class ContainerUndo {
    private static final ContainerType TYPE = new ContainerType();

    private ContainerUndo() {}

    static Optional<Undo> of(Change<ContainerResource> due, Host host) throws IOException, InterruptedException {
        if (due.action() == Action.CREATE) {
            return Optional.empty();
        }
        return switch (due.desired().managedBy()) {
            case ENGINE -> due.action() == Action.DELETE ? removed(due, host) : Optional.empty();
            case SYSTEMD -> Optional.of(unit(due));
        };
    }

    /** What an inspection does not print is kept here: nobody else sees it, and the container needs it. */
    private static Optional<Undo> removed(Change<ContainerResource> due, Host host)
            throws IOException, InterruptedException {
        ContainerResource desired = due.desired();
        Containers containers = new Containers(KnownEngines.at(desired.engine(), host));
        Optional<LiveContainer> live = containers.find(desired.name().text());
        if (live.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Text> variables = live.get().environment(Map.of());
        ContainerResource state = TYPE.with(
                WholeContainer.of(live.get()),
                Map.of("environment", Optional.of(variables), "engine", desired.engine()));
        Declared<ContainerResource> before =
                new Declared<>(due.id(), state, Ensure.PRESENT, due.declared().source(), Policy.none());
        return Optional.of(new Undo.States(
                List.of(before), List.of(), List.of("What it had written outside of named volumes is gone.")));
    }

    /** Its Quadlet files say all of it, and only systemd reads them. */
    private static Undo unit(Change<ContainerResource> due) {
        ContainerName name = due.desired().name();
        return new Undo.States(
                List.of(),
                List.of(Path.of(QuadletUnit.file(name)), Path.of(QuadletUnit.variablesFile(name))),
                List.of(
                        "Its unit is brought back, and not started: run 'systemctl daemon-reload' and 'systemctl restart "
                                + name + "'."));
    }
}
