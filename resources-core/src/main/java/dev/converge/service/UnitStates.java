package dev.converge.service;

import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The states of units, asked for all declared services at once and then only for those that change. */
final class UnitStates {
    private static final Duration RELOAD = Duration.ofMinutes(2);

    private final Map<Systemctl, Map<String, UnitState>> known = new ConcurrentHashMap<>();
    private final Set<Systemctl> listed = ConcurrentHashMap.newKeySet();
    private final Object reloading = new Object();

    private UnitStates() {}

    static UnitStates of(Host host) throws IOException, InterruptedException {
        return host.database(UnitStates.class, ignored -> new UnitStates());
    }

    /** As it was when it was last asked for; one that was missing is looked for again. */
    UnitState find(String unit, Systemctl systemctl, Host host) throws IOException, InterruptedException {
        Map<String, UnitState> states = statesOf(systemctl);
        synchronized (states) {
            if (listed.add(systemctl)) {
                ask(systemctl.user().isEmpty() ? declared(unit, host) : List.of(unit), systemctl, host);
            }
            UnitState state = states.get(unit);
            boolean appeared = state != null
                    && !state.exists()
                    && (systemctl.user().isPresent()
                            || UnitFolders.find(unit, host).isPresent());
            return state != null && !appeared
                    ? state
                    : ask(List.of(unit), systemctl, host).get(unit);
        }
    }

    private Map<String, UnitState> statesOf(Systemctl systemctl) {
        return known.computeIfAbsent(systemctl, ignored -> new ConcurrentHashMap<>());
    }

    /** What a run is about, services and timers; and what is asked for in any case. */
    private static List<String> declared(String unit, Host host) throws IOException, InterruptedException {
        Set<String> units = new LinkedHashSet<>();
        for (String name : DeclaredResources.names("service", host)) {
            units.add(ServiceName.parse(name).unit());
        }
        for (String name : DeclaredResources.names("timer", host)) {
            units.add(TimerName.parse(name).timer());
            units.add(TimerName.parse(name).service());
        }
        units.add(unit);
        return List.copyOf(units);
    }

    /** Asks for all that a host has, so that no other question is needed. */
    void askAll(List<String> units, Systemctl systemctl, Host host) throws IOException, InterruptedException {
        listed.add(systemctl);
        ask(units, systemctl, host);
    }

    /** Asks now, in one call. */
    Map<String, UnitState> ask(List<String> units, Systemctl systemctl, Host host)
            throws IOException, InterruptedException {
        List<UnitState> answers = systemctl.show(units, host);
        Map<String, UnitState> fresh = new HashMap<>();
        for (int i = 0; i < units.size(); i++) {
            fresh.put(units.get(i), answers.get(i));
        }
        statesOf(systemctl).putAll(fresh);
        return fresh;
    }

    /**
     * Asks now, and lets systemd read its unit files anew first where one of the units has changed on the disk: once,
     * however many services wait for it.
     */
    Map<String, UnitState> askReloaded(List<String> units, Systemctl systemctl, Host host)
            throws IOException, InterruptedException {
        synchronized (reloading) {
            Map<String, UnitState> fresh = ask(units, systemctl, host);
            boolean stale = systemctl.runs() && fresh.entrySet().stream().anyMatch(one -> isStale(one, host));
            if (!stale) {
                return fresh;
            }
            if (!systemctl.run("daemon-reload", List.of(), RELOAD, host).succeeded()) {
                throw new ResourceFailure(
                        "systemd did not read its unit files anew.", "Run 'systemctl daemon-reload' and see.");
            }
            return ask(units, systemctl, host);
        }
    }

    /** Changed on the disk, or there on the disk and not yet known: an init script too gets its unit at a reload. */
    private static boolean isStale(Map.Entry<String, UnitState> unit, Host host) {
        if (unit.getValue().exists()) {
            return unit.getValue().needsReload() || unit.getValue().load().equals("error");
        }
        return UnitFolders.find(unit.getKey(), host).isPresent() || RunLevels.hasScript(unit.getKey(), host);
    }
}
