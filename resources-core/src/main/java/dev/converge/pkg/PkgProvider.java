package dev.converge.pkg;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Recovers;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import dev.converge.schema.Inverse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads packages from the package database and changes many in one transaction. */
public final class PkgProvider
        implements BatchProvider<PkgResource>,
                Inspects<PkgResource>,
                Undoes<PkgResource>,
                Recovers<PkgResource>,
                FirstBoot<PkgResource>,
                Watchable<PkgResource> {
    private static final PkgType TYPE = new PkgType();

    /** A transaction that was cut short stands in the way of every other one. */
    @Override
    public void recover(PkgResource desired, Host host) throws IOException, InterruptedException {
        PackageManager.of(host).finish(desired.lockTimeout());
    }

    @Override
    public List<WatchPoint> watched(PkgResource desired, Host host) {
        return PackageManager.DATABASES;
    }

    @Override
    public Optional<PkgResource> observe(PkgResource desired, Host host) throws IOException, InterruptedException {
        return Packages.of(host).observe(desired);
    }

    @Override
    public Map<ResourceId, ResourceFailure> checkAll(List<Change<PkgResource>> changes, Host host)
            throws IOException, InterruptedException {
        return Packages.of(host).check(changes);
    }

    @Override
    public Map<ResourceId, ResourceFailure> applyAll(List<Change<PkgResource>> changes, Host host)
            throws IOException, InterruptedException {
        return Packages.of(host).apply(changes);
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        return PackageManager.of(host).names();
    }

    @Override
    public Optional<PkgResource> inspect(String name, Host host) throws IOException, InterruptedException {
        PkgResource asked = new PkgResource(
                PkgName.parse(name),
                PkgVersion.ANY,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty(),
                false,
                ConfigFiles.KEEP,
                Duration.ofHours(24),
                Duration.ofMinutes(5));
        return observe(asked, host);
    }

    /** The version that was there may be an older one, which is only installed when that is said. */
    @Override
    public Optional<Undo> undo(Change<PkgResource> due, Host host) throws IOException {
        boolean purges = due.action() == Action.DELETE && due.desired().purge();
        List<Path> settings = purges ? ConfigurationFiles.of(due.desired().name(), host) : List.of();
        return Inverse.state(TYPE, due)
                .map(state -> new Declared<>(
                        state.id(),
                        TYPE.with(state.desired(), Map.of("allowDowngrade", true)),
                        state.ensure(),
                        state.source(),
                        state.policy()))
                .map(state -> new Undo.States(List.of(state), settings, List.of()));
    }

    @Override
    public List<Step> steps(Declared<PkgResource> declared, Scene scene) {
        return PkgFirstBoot.steps(declared);
    }
}
