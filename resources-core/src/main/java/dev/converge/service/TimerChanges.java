package dev.converge.service;

import dev.converge.model.Content;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Changes of timers: first the files of all, then what systemd has to be told, a command for each step. */
final class TimerChanges {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final SystemdUnits units;
    private final Systemctl systemctl;
    private final Host host;

    TimerChanges(Host host) throws IOException {
        this.units = new SystemdUnits(host);
        this.systemctl = SystemdUnits.systemctl(host);
        this.host = host;
    }

    /** Writes or removes the units of one timer. */
    void write(Change<TimerResource> change) throws IOException, InterruptedException {
        TimerResource desired = change.desired();
        if (change.action() == Action.DELETE) {
            remove(desired.name());
            return;
        }
        Map<String, Content> files = new LinkedHashMap<>();
        if (change.names("timerFile")) {
            files.put(desired.name().timer(), desired.timerFile().orElseThrow());
        }
        if (change.names("serviceFile")) {
            files.put(desired.name().service(), desired.serviceFile().orElseThrow());
        }
        if (!files.isEmpty()) {
            verify(desired);
        }
        if (change.names("running") && systemctl.runs() && TimerProvider.isStale(desired, systemctl, host)) {
            units.changed();
        }
        for (Map.Entry<String, Content> file : files.entrySet()) {
            TimerProvider.file(file.getKey(), host).write(file.getValue());
            units.changed();
        }
    }

    /** A timer is looked at together with its service: systemd asks whether that is there. */
    private void verify(TimerResource desired) throws IOException, InterruptedException {
        Map<String, Content> together = new LinkedHashMap<>();
        together.put(desired.name().timer(), desired.timerFile().orElseThrow());
        desired.serviceFile().ifPresent(service -> together.put(desired.name().service(), service));
        UnitVerification.of(together, host).requireUnits(together.keySet());
    }

    private void remove(TimerName name) throws IOException, InterruptedException {
        UnitFile timer = TimerProvider.file(name.timer(), host);
        UnitFile service = TimerProvider.file(name.service(), host);
        if (timer.read(false).isPresent()) {
            // One of a package's own goes on by the package's file.
            if (UnitFolders.findBeyond(UnitFolders.ETC, name.timer(), host).isEmpty()) {
                units.retire(name.timer());
            }
            timer.remove();
        }
        Optional<Content> left = service.read(false);
        if (left.isPresent() && TimerProvider.isOwn(left.get(), name)) {
            service.remove();
        }
        units.changed();
    }

    /** Lets systemd read what was written, and brings the timers into their states. */
    Map<ResourceId, ResourceFailure> settle(List<Change<TimerResource>> changes)
            throws IOException, InterruptedException {
        units.reload();
        UnitCommands commands = new UnitCommands(systemctl, LIMIT, host);
        commands.each(
                "disable",
                List.of(),
                timers(changes, one -> one.names("enabled") && !one.desired().enabled()));
        commands.each(
                "enable",
                List.of(),
                timers(changes, one -> isNews(one, "enabled") && one.desired().enabled()));
        if (systemctl.runs()) {
            commands.each(
                    "stop",
                    List.of(),
                    timers(
                            changes,
                            one -> one.names("running") && !one.desired().running()));
            // A restart counts the times anew that have changed.
            commands.each("restart", List.of(), timers(changes, TimerChanges::isToWait));
        }
        host.invalidate(UnitStates.class);
        Map<ResourceId, ResourceFailure> failures = new HashMap<>();
        changes.forEach(change -> Optional.ofNullable(
                        commands.failures().get(change.desired().name().timer()))
                .ifPresent(failure -> failures.put(change.id(), failure)));
        return failures;
    }

    private static boolean isToWait(Change<TimerResource> change) {
        return (isNews(change, "running") || change.names("timerFile"))
                && change.desired().running();
    }

    /** What is the default is not named by a creation. */
    private static boolean isNews(Change<TimerResource> change, String attribute) {
        return change.action() == Action.CREATE || change.names(attribute);
    }

    private static List<String> timers(List<Change<TimerResource>> changes, Predicate<Change<TimerResource>> which) {
        return changes.stream()
                .filter(change -> change.action() != Action.DELETE)
                .filter(which)
                .map(change -> change.desired().name().timer())
                .toList();
    }
}
