package dev.converge.service;

import dev.converge.filesystem.FileContent;
import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.Recovers;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the two units of each timer, and lets systemd read them once all have changed. */
public final class TimerProvider
        implements BatchProvider<TimerResource>,
                Recovers<TimerResource>,
                Undoes<TimerResource>,
                FirstBoot<TimerResource>,
                Watchable<TimerResource> {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Content NOTHING = Content.of("");

    @Override
    public List<WatchPoint> watched(TimerResource desired, Host host) throws IOException {
        return InitSystem.of(host).watched(desired.name().timer());
    }

    @Override
    public Optional<TimerResource> observe(TimerResource desired, Host host) throws IOException, InterruptedException {
        Optional<Content> timer = file(desired.name().timer(), host).read(false);
        Optional<Content> service = file(desired.name().service(), host).read(false);
        boolean own = service.isPresent() && isOwn(service.get(), desired.name());
        if (timer.isEmpty() && !own) {
            return Optional.empty();
        }
        Systemctl systemctl = SystemdUnits.systemctl(host);
        UnitState state = UnitStates.of(host).find(desired.name().timer(), systemctl, host);
        // Nothing waits in an image that is being built; after its boot it does when it is enabled.
        boolean waits = systemctl.runs()
                ? state.isUp() && !(desired.running() && isStale(desired, systemctl, host))
                : desired.running();
        Optional<Content> seenService = desired.serviceFile().map(ignored -> service.orElse(NOTHING));
        return Optional.of(desired.observed(
                Optional.of(timer.orElse(NOTHING)),
                seenService,
                waits,
                state.isEnabled().orElse(!desired.enabled())));
    }

    /** A timer whose files are gone may still be waiting. */
    @Override
    public void recover(TimerResource desired, Host host) throws IOException, InterruptedException {
        UnitsAnew.read(host);
    }

    @Override
    public Optional<Undo> undo(Change<TimerResource> due, Host host) throws IOException, InterruptedException {
        return UnitUndo.ofTimer(due, host);
    }

    /** Whether systemd waits by units that are not those on the disk, as after a run that was ended in the middle. */
    static boolean isStale(TimerResource desired, Systemctl systemctl, Host host)
            throws IOException, InterruptedException {
        UnitStates states = UnitStates.of(host);
        return states.find(desired.name().timer(), systemctl, host).needsReload()
                || (!desired.command().isEmpty()
                        && states.find(desired.name().service(), systemctl, host)
                                .needsReload());
    }

    static UnitFile file(String unit, Host host) {
        return new UnitFile(UnitFolders.ETC.resolve(unit), host);
    }

    /** Whether a service was made for the timer, so that it may be changed and goes with it. */
    static boolean isOwn(Content service, TimerName name) {
        return service.text()
                .filter(text -> text.startsWith(TimerText.mark(name)))
                .isPresent();
    }

    @Override
    public void check(Change<TimerResource> change, Host host) throws IOException, InterruptedException {
        SystemdUnits.systemctl(host);
        TimerResource desired = change.desired();
        file(desired.name().timer(), host).requireWritable();
        UnitFile service = file(desired.name().service(), host);
        Optional<Content> there = service.read(false);
        if (change.action() == Action.DELETE) {
            return;
        }
        if (desired.timerFile().isEmpty()) {
            throw new ResourceFailure(
                    "The timer has no time at which it comes.",
                    "Give onCalendar, such as 'daily', or onBoot or onUnitActive.");
        }
        requireCalendar(desired.onCalendar(), host);
        if (desired.command().isEmpty()) {
            requireUnit(desired.started(), host);
            return;
        }
        service.requireWritable();
        requireFree(desired.name(), service, there, host);
    }

    /** Neither the administrator's nor a package's service is put aside by the timer's own. */
    private static void requireFree(TimerName name, UnitFile service, Optional<Content> there, Host host) {
        Optional<Path> foreign = there.isPresent() && !isOwn(there.get(), name)
                ? Optional.of(service.path())
                : UnitFolders.findBeyond(UnitFolders.ETC, name.service(), host);
        if (foreign.isPresent()) {
            throw new ResourceFailure(
                    foreign.get() + " is there and was not made for this timer.",
                    "Leave out command, and the timer starts it; or give the timer another name.");
        }
    }

    private static void requireCalendar(List<String> times, Host host) throws IOException, InterruptedException {
        if (times.isEmpty()) {
            return;
        }
        List<String> words = new ArrayList<>(List.of("systemd-analyze", "calendar", "--"));
        words.addAll(times);
        CommandResult result = host.commands().run(Command.of(words).timeout(LIMIT));
        if (!result.succeeded()) {
            throw new ResourceFailure(
                    "systemd does not read onCalendar: "
                            + result.errors().lines().findFirst().orElse("exit " + result.exit()) + ".",
                    "Write a time as systemd.time(7) does, such as 'daily' or 'Mon..Fri 07:30'.");
        }
    }

    private static void requireUnit(String unit, Host host) {
        if (UnitFolders.find(unit, host).isEmpty()) {
            throw new ResourceFailure(
                    "The timer would start " + unit + ", which this host does not have.",
                    "Give a command, or declare the unit.");
        }
    }

    @Override
    public Map<ResourceId, ResourceFailure> applyAll(List<Change<TimerResource>> changes, Host host)
            throws IOException, InterruptedException {
        TimerChanges together = new TimerChanges(host);
        Map<ResourceId, ResourceFailure> failures = new HashMap<>();
        List<Change<TimerResource>> written = new ArrayList<>();
        for (Change<TimerResource> change : changes) {
            try {
                remember(change);
                together.write(change);
                written.add(change);
            } catch (ResourceFailure e) {
                failures.put(change.id(), e);
            }
        }
        failures.putAll(together.settle(written));
        return failures;
    }

    /** Reports are made after the files were replaced. */
    private static void remember(Change<TimerResource> change) {
        change.before().ifPresent(before -> {
            for (Optional<Content> file : List.of(before.timerFile(), before.serviceFile())) {
                if (file.isPresent() && file.get() instanceof FileContent content) {
                    content.remember();
                }
            }
        });
    }

    @Override
    public List<Step> steps(Declared<TimerResource> declared, Scene scene) {
        return UnitFirstBoot.steps(declared, declared.desired());
    }
}
