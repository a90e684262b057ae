package dev.converge.container;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Recovers;
import dev.converge.provider.Refresh;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Keeps containers as they are declared, by the engine itself or by a unit of systemd. */
public final class ContainerProvider
        implements Recovers<ContainerResource>,
                Inspects<ContainerResource>,
                Undoes<ContainerResource>,
                FirstBoot<ContainerResource>,
                Watchable<ContainerResource> {
    private static ContainerKeeper keeper(ContainerResource desired, Host host)
            throws IOException, InterruptedException {
        return switch (desired.managedBy()) {
            case ENGINE -> new EngineContainers(KnownEngines.at(desired.engine(), host), host);
            case SYSTEMD -> new QuadletContainers(host);
        };
    }

    @Override
    public void recover(ContainerResource desired, Host host) throws IOException, InterruptedException {
        keeper(desired, host).recover(desired);
    }

    @Override
    public List<WatchPoint> watched(ContainerResource desired, Host host) {
        return List.of(KnownEngines.watched(
                desired.engine(), "container", desired.name().toString()));
    }

    @Override
    public Optional<ContainerResource> observe(ContainerResource desired, Host host)
            throws IOException, InterruptedException {
        return keeper(desired, host).observe(desired);
    }

    @Override
    public void check(Change<ContainerResource> change, Host host) throws IOException, InterruptedException {
        keeper(change.desired(), host).check(change);
    }

    @Override
    public void apply(Change<ContainerResource> change, Host host) throws IOException, InterruptedException {
        keeper(change.desired(), host).apply(change);
    }

    @Override
    public Optional<Undo> undo(Change<ContainerResource> due, Host host) throws IOException, InterruptedException {
        return ContainerUndo.of(due, host);
    }

    @Override
    public boolean refreshes(ContainerResource desired) {
        return desired.running();
    }

    @Override
    public Refresh refresh(ContainerResource desired, Optional<Change<ContainerResource>> made, Host host)
            throws IOException, InterruptedException {
        Refresh refresh = checkRefresh(desired, made, host);
        if (refresh.isDone()) {
            keeper(desired, host).restart(desired);
        }
        return refresh;
    }

    @Override
    public Refresh checkRefresh(ContainerResource desired, Optional<Change<ContainerResource>> due, Host host)
            throws IOException, InterruptedException {
        if (due.filter(ContainerProvider::starts).isPresent()) {
            return Refresh.skipped("it has just been started");
        }
        boolean runs = keeper(desired, host)
                .observe(desired)
                .map(ContainerResource::running)
                .orElse(false);
        return runs ? Refresh.done() : Refresh.skipped("it is not running");
    }

    private static boolean starts(Change<ContainerResource> change) {
        return change.desired().running()
                && (change.before().isEmpty() || change.recreates() || change.names("running"));
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        return KnownEngines.usual(host).isEmpty()
                ? List.of()
                : new Containers(KnownEngines.usual(host).get()).names();
    }

    @Override
    public Optional<ContainerResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        return engine.isEmpty()
                ? Optional.empty()
                : new Containers(engine.get()).find(name).map(WholeContainer::of);
    }

    @Override
    public List<Step> steps(Declared<ContainerResource> declared, Scene scene) {
        return ContainerFirstBoot.steps(declared, scene);
    }

    @Override
    public List<Step> refreshSteps(Declared<ContainerResource> declared, Scene scene) {
        return ContainerFirstBoot.refresh(declared.desired(), scene);
    }
}
