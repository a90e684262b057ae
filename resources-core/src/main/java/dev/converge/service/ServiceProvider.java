package dev.converge.service;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and changes services through whatever starts them on the host. */
public final class ServiceProvider
        implements BatchProvider<ServiceResource>,
                Inspects<ServiceResource>,
                FirstBoot<ServiceResource>,
                Watchable<ServiceResource> {

    @Override
    public List<WatchPoint> watched(ServiceResource desired, Host host) throws IOException {
        return InitSystem.of(host).watched(desired.name().unit());
    }

    @Override
    public Optional<ServiceResource> observe(ServiceResource desired, Host host)
            throws IOException, InterruptedException {
        return Optional.of(InitSystem.of(host).observe(desired, host));
    }

    @Override
    public void check(Change<ServiceResource> change, Host host) throws IOException, InterruptedException {
        InitSystem.of(host).check(change, host);
    }

    @Override
    public Map<ResourceId, ResourceFailure> applyAll(List<Change<ServiceResource>> changes, Host host)
            throws IOException, InterruptedException {
        return InitSystem.of(host).apply(changes, host);
    }

    @Override
    public boolean refreshes(ServiceResource desired) {
        return desired.refresh() != RefreshBy.NONE;
    }

    @Override
    public Refresh refresh(ServiceResource desired, Optional<Change<ServiceResource>> made, Host host)
            throws IOException, InterruptedException {
        return starts(made)
                ? Refresh.skipped("this run has just started it")
                : InitSystem.of(host).refresh(desired, host);
    }

    @Override
    public Refresh checkRefresh(ServiceResource desired, Optional<Change<ServiceResource>> due, Host host)
            throws IOException, InterruptedException {
        return starts(due)
                ? Refresh.skipped("this run starts it")
                : InitSystem.of(host).checkRefresh(desired, host);
    }

    private static boolean starts(Optional<Change<ServiceResource>> change) {
        return change.filter(one -> one.names("running"))
                .flatMap(one -> one.desired().running())
                .orElse(false);
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        return InitSystem.of(host).names(host);
    }

    @Override
    public Optional<ServiceResource> inspect(String name, Host host) throws IOException, InterruptedException {
        ServiceResource asked = new ServiceResource(
                ServiceName.parse(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RefreshBy.RESTART,
                Duration.ofMinutes(5));
        return InitSystem.of(host).inspect(asked, host);
    }

    @Override
    public List<Step> steps(Declared<ServiceResource> declared, Scene scene) {
        return ServiceFirstBoot.steps(declared.desired());
    }

    @Override
    public List<Step> refreshSteps(Declared<ServiceResource> declared, Scene scene) {
        return ServiceFirstBoot.refresh(declared.desired());
    }
}
