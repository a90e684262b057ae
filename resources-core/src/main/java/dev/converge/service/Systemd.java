package dev.converge.service;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services under systemd.
 *
 * @param runs whether it runs; in an image that is being built it will
 */
record Systemd(boolean runs) implements InitSystem {
    private static final Duration QUERY = Duration.ofMinutes(1);

    Systemctl systemctlOf(ServiceResource service) {
        return new Systemctl(service.user(), runs);
    }

    @Override
    public List<WatchPoint> watched(String unit) {
        return List.of(new WatchPoint.Unit(unit), new WatchPoint.Tree(UnitFolders.ETC));
    }

    @Override
    public ServiceResource observe(ServiceResource desired, Host host) throws IOException, InterruptedException {
        Systemctl systemctl = systemctlOf(desired);
        UnitState state = UnitStates.of(host).find(desired.name().unit(), systemctl, host);
        // A unit between two states, such as one on its way up, is not what was wished, whatever that was.
        Optional<Boolean> up = desired.running().map(wish -> state.runs().orElse(!wish));
        Optional<Boolean> enabled = Optional.empty();
        if (desired.enabled().isPresent()) {
            enabled = Optional.of(
                    isEnabled(desired, state, host).orElse(!desired.enabled().get()));
        }
        return desired.observed(up, enabled, desired.masked().map(ignored -> state.isMasked()));
    }

    private static Optional<Boolean> isEnabled(ServiceResource service, UnitState state, Host host) throws IOException {
        boolean byLinks = state.isScript() || !state.exists();
        return byLinks ? Optional.of(RunLevels.starts(service.name().unit(), host)) : state.isEnabled();
    }

    @Override
    public void check(Change<ServiceResource> change, Host host) throws IOException, InterruptedException {
        Systemctl systemctl = systemctlOf(change.desired());
        UnitState state = UnitStates.of(host).find(change.desired().name().unit(), systemctl, host);
        UnitChecks.check(change, state, systemctl, host);
    }

    @Override
    public Map<ResourceId, ResourceFailure> apply(List<Change<ServiceResource>> changes, Host host)
            throws IOException, InterruptedException {
        Map<Systemctl, List<Change<ServiceResource>>> groups = new LinkedHashMap<>();
        for (Change<ServiceResource> change : changes) {
            groups.computeIfAbsent(systemctlOf(change.desired()), ignored -> new ArrayList<>())
                    .add(change);
        }
        Map<ResourceId, ResourceFailure> failures = new HashMap<>();
        for (Map.Entry<Systemctl, List<Change<ServiceResource>>> group : groups.entrySet()) {
            failures.putAll(new UnitChanges(group.getValue(), group.getKey(), host).make());
        }
        return failures;
    }

    @Override
    public Refresh refresh(ServiceResource desired, Host host) throws IOException, InterruptedException {
        Systemctl systemctl = systemctlOf(desired);
        String unit = desired.name().unit();
        UnitStates states = UnitStates.of(host);
        UnitState before = states.ask(List.of(unit), systemctl, host).get(unit);
        boolean stale = before.needsReload() && before.runs().orElse(true);
        UnitState now =
                stale ? states.askReloaded(List.of(unit), systemctl, host).get(unit) : before;
        Refresh foreseen = foresee(desired, now);
        if (!foreseen.isDone()) {
            return foreseen;
        }
        CommandResult result = systemctl.run(verb(desired.refresh()), List.of("--", unit), desired.timeout(), host);
        UnitStart start = new UnitStart(systemctl, host);
        UnitState after = start.settled(List.of(unit)).get(unit);
        if (!result.succeeded() || !after.isUp()) {
            throw start.failure(unit, "did not come up again after its " + word(desired.refresh()), after, result);
        }
        return Refresh.done();
    }

    @Override
    public Refresh checkRefresh(ServiceResource desired, Host host) throws IOException, InterruptedException {
        UnitState state = UnitStates.of(host).find(desired.name().unit(), systemctlOf(desired), host);
        return foresee(desired, state);
    }

    private Refresh foresee(ServiceResource desired, UnitState state) {
        if (state.runs().filter(up -> !up).isPresent()) {
            return Refresh.skipped("it is not running");
        }
        // What its file says by now shows only when systemd has read it.
        if (desired.refresh() == RefreshBy.RELOAD && !state.canReload() && !state.needsReload()) {
            throw new ResourceFailure(
                    desired.name() + " cannot reload: its unit has no ExecReload.",
                    "Give refresh 'reload-or-restart' or 'restart'.");
        }
        return Refresh.done();
    }

    /** Each of them leaves a stopped unit alone, so that one that stops meanwhile stays so. */
    private static String verb(RefreshBy how) {
        return switch (how) {
            case RESTART -> "try-restart";
            case RELOAD -> "reload";
            case RELOAD_OR_RESTART, NONE -> "try-reload-or-restart";
        };
    }

    private static String word(RefreshBy how) {
        return how == RefreshBy.RELOAD ? "reload" : "restart";
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        Systemctl systemctl = new Systemctl(Optional.empty(), runs);
        CommandResult listed = systemctl.run(
                "list-unit-files", List.of("--type=service,socket,timer,path", "--no-legend"), QUERY, host);
        List<String> units = listed.output()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && !words[1].equals("alias") && !words[0].contains("@."))
                .map(words -> words[0])
                .sorted()
                .toList();
        UnitStates.of(host).askAll(units, systemctl, host);
        return units.stream().map(unit -> ServiceName.parse(unit).toString()).toList();
    }

    @Override
    public Optional<ServiceResource> inspect(ServiceResource asked, Host host)
            throws IOException, InterruptedException {
        UnitState state = UnitStates.of(host).find(asked.name().unit(), systemctlOf(asked), host);
        if (!state.exists()) {
            return Optional.empty();
        }
        Optional<Boolean> up = runs && !state.endsByItself() ? state.runs() : Optional.empty();
        boolean chosen = state.isScript()
                || state.file().equals("enabled")
                || state.file().equals("disabled");
        Optional<Boolean> enabled = chosen ? isEnabled(asked, state, host) : Optional.empty();
        return Optional.of(asked.observed(up, enabled, state.isMasked() ? Optional.of(true) : Optional.empty()));
    }
}
