package dev.converge.service;

import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Undo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What takes back a change of unit files: their texts, and whether the unit ran and was enabled before it was removed. */
final class UnitUndo {
    private static final UnitType UNIT = new UnitType();

    private final Change<?> due;
    private final Host host;
    private final List<Declared<?>> states = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    private UnitUndo(Change<?> due, Host host) {
        this.due = due;
        this.host = host;
    }

    static Optional<Undo> of(Change<UnitResource> due, Host host) throws IOException, InterruptedException {
        Optional<Content> before = due.before().flatMap(UnitResource::content);
        if (due.action() == Action.CREATE || before.isEmpty()) {
            return Optional.empty();
        }
        UnitResource desired = due.desired();
        UnitUndo undo = new UnitUndo(due, host);
        undo.add(
                due.id(),
                UNIT.with(
                        UnitResource.of(desired.name(), before.get()),
                        Map.of("folder", desired.folder(), "verify", false)),
                Ensure.PRESENT);
        String unit = desired.name().unit();
        if (due.action() == Action.DELETE && desired.name().dropIn().isEmpty()) {
            if (unit.contains("@.")) {
                undo.lost.add("Its instances were stopped, and are not started again.");
            } else {
                undo.state(unit);
            }
        }
        return undo.states();
    }

    /** A timer's files follow from attributes that nobody knows of the timer that was there. */
    static Optional<Undo> ofTimer(Change<TimerResource> due, Host host) throws IOException, InterruptedException {
        boolean removes = due.action() == Action.DELETE;
        if (due.action() == Action.CREATE || !(removes || due.names("timerFile") || due.names("serviceFile"))) {
            return Optional.empty();
        }
        TimerName name = due.desired().name();
        UnitUndo undo = new UnitUndo(due, host);
        Optional<Content> service = TimerProvider.file(name.service(), host).read(false);
        boolean own = service.filter(text -> TimerProvider.isOwn(text, name)).isPresent();
        if (own || (service.isEmpty() && due.names("serviceFile"))) {
            undo.file(name.service(), service);
        }
        undo.file(name.timer(), TimerProvider.file(name.timer(), host).read(false));
        undo.state(name.timer());
        return undo.states();
    }

    private Optional<Undo> states() {
        return Optional.of(new Undo.States(states, List.of(), lost));
    }

    private void file(String unit, Optional<Content> text) {
        UnitResource state = UnitResource.of(UnitFileName.parse(unit), text.orElse(Content.of("")));
        add(
                new ResourceId(UNIT.name(), unit),
                UNIT.with(state, Map.of("verify", false)),
                text.isPresent() ? Ensure.PRESENT : Ensure.ABSENT);
    }

    /** One that neither ran nor was enabled is so by itself. */
    private void state(String unit) throws IOException, InterruptedException {
        Optional<ServiceResource> before = new ServiceProvider().inspect(unit, host);
        boolean up = before.flatMap(ServiceResource::running).orElse(false);
        boolean starts = before.flatMap(ServiceResource::enabled).orElse(false);
        if (up || starts) {
            add(new ServiceType().id(unit), before.get(), Ensure.PRESENT);
        }
    }

    private <R extends Resource> void add(ResourceId id, R state, Ensure ensure) {
        states.add(new Declared<>(id, state, ensure, due.declared().source(), Policy.none()));
    }
}
