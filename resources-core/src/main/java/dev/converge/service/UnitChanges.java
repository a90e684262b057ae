package dev.converge.service;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Many changes of units under one systemd: one command for each step, and each failure with the unit that it is of. */
final class UnitChanges {
    private static final CommandResult NOTHING_SAID = new CommandResult(0, "", "", false);

    private final Map<String, Change<ServiceResource>> changes = new LinkedHashMap<>();
    private final UnitCommands commands;
    private final Systemctl systemctl;
    private final Host host;

    UnitChanges(List<Change<ServiceResource>> changes, Systemctl systemctl, Host host) {
        changes.forEach(change -> this.changes.put(change.desired().name().unit(), change));
        this.systemctl = systemctl;
        this.host = host;
        this.commands = new UnitCommands(systemctl, longest(changes), host);
    }

    private static Duration longest(List<Change<ServiceResource>> changes) {
        return changes.stream()
                .map(change -> change.desired().timeout())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** @return the changes that failed */
    Map<ResourceId, ResourceFailure> make() throws IOException, InterruptedException {
        undo("unmask", wanted("masked", ServiceResource::masked, false), "masked-runtime");
        undo("disable", wanted("enabled", ServiceResource::enabled, false), "enabled-runtime");
        stop(wanted("running", ServiceResource::running, false));
        commands.each("mask", List.of(), wanted("masked", ServiceResource::masked, true));
        commands.each("enable", List.of(), wanted("enabled", ServiceResource::enabled, true));
        start(wanted("running", ServiceResource::running, true));
        if (changes.values().stream().anyMatch(change -> !change.names("running"))) {
            UnitStates.of(host).ask(List.copyOf(changes.keySet()), systemctl, host);
        }
        Map<ResourceId, ResourceFailure> byId = new HashMap<>();
        commands.failures()
                .forEach((unit, failure) -> byId.put(changes.get(unit).id(), failure));
        return byId;
    }

    /** The units of which an attribute changes to a value, without those that failed before. */
    private List<String> wanted(String attribute, Function<ServiceResource, Optional<Boolean>> value, boolean wish) {
        return changes.entrySet().stream()
                .filter(entry -> !commands.failures().containsKey(entry.getKey()))
                .filter(entry -> entry.getValue().names(attribute))
                .filter(entry -> value.apply(entry.getValue().desired())
                        .filter(is -> is == wish)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The links of this boot and those of every boot are two sets, and systemctl removes one at a time. */
    private void undo(String verb, List<String> units, String leftForThisBoot)
            throws IOException, InterruptedException {
        commands.each(verb, List.of(), units);
        if (units.isEmpty() || !systemctl.runs()) {
            return;
        }
        Map<String, UnitState> states = UnitStates.of(host).ask(units, systemctl, host);
        commands.each(
                verb,
                List.of("--runtime"),
                units.stream()
                        .filter(unit -> states.get(unit).file().equals(leftForThisBoot))
                        .toList());
    }

    private void stop(List<String> units) throws IOException, InterruptedException {
        if (units.isEmpty()) {
            return;
        }
        CommandResult result = commands.run("stop", List.of(), units);
        Map<String, UnitState> states = UnitStates.of(host).ask(units, systemctl, host);
        for (String unit : units) {
            if (states.get(unit).runs().orElse(true)) {
                commands.fail(
                        unit, new UnitStart(systemctl, host).failure(unit, "did not stop", states.get(unit), result));
            }
        }
    }

    private void start(List<String> units) throws IOException, InterruptedException {
        if (units.isEmpty()) {
            return;
        }
        UnitStates.of(host).askReloaded(units, systemctl, host);
        CommandResult result = commands.run("start", List.of(), units);
        UnitStart start = new UnitStart(systemctl, host);
        Map<String, UnitState> states = start.settled(units);
        for (String unit : units) {
            UnitState state = states.get(unit);
            if (!state.isUp()) {
                CommandResult said = result.succeeded() ? NOTHING_SAID : result;
                commands.fail(unit, start.failure(unit, "did not start", state, said));
            }
        }
    }
}
