package dev.converge.container;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes volumes of a container engine, and removes those that nobody uses. */
public final class VolumeProvider
        implements Undoes<VolumeResource>,
                Inspects<VolumeResource>,
                FirstBoot<VolumeResource>,
                Watchable<VolumeResource> {
    @Override
    public List<WatchPoint> watched(VolumeResource desired, Host host) {
        return List.of(
                KnownEngines.watched(desired.engine(), "volume", desired.name().toString()));
    }

    @Override
    public Optional<VolumeResource> observe(VolumeResource desired, Host host)
            throws IOException, InterruptedException {
        return find(KnownEngines.at(desired.engine(), host), desired.name())
                .map(live -> new VolumeResource(
                        desired.name(),
                        live.at("Driver").text(),
                        desired.options().map(wanted -> live.at("Options").textFields()),
                        desired.labels().map(wanted -> live.at("Labels").textFields()),
                        desired.engine()));
    }

    private static Optional<Json> find(EngineClient engine, ContainerName name)
            throws IOException, InterruptedException {
        return engine.find("/volumes/" + name)
                .filter(live -> live.at("Name").text().equals(Optional.of(name.text())));
    }

    @Override
    public void check(Change<VolumeResource> change, Host host) throws IOException, InterruptedException {
        ContainerName name = change.desired().name();
        if (change.action() == Action.UPDATE) {
            throw new ResourceFailure(
                    "The volume " + name + " is not as declared, and no volume can be changed in place.",
                    "Its data would be lost if it were made anew: save the data, remove the volume, and run again.");
        }
        if (change.action() == Action.DELETE) {
            requireUnused(KnownEngines.at(change.desired().engine(), host), name);
        }
    }

    private static void requireUnused(EngineClient engine, ContainerName name)
            throws IOException, InterruptedException {
        List<String> users = new Containers(engine)
                .users("volume", name, container -> container.at("Mounts").items().stream()
                        .anyMatch(mount -> mount.at("Name").text().equals(Optional.of(name.text()))));
        if (!users.isEmpty()) {
            throw new ResourceFailure(
                    "The volume " + name + " cannot be removed while containers use it: " + String.join(", ", users)
                            + ".",
                    "Declare these containers absent, too, or keep the volume.");
        }
    }

    @Override
    public void apply(Change<VolumeResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        VolumeResource desired = change.desired();
        EngineClient engine = KnownEngines.at(desired.engine(), host);
        if (change.action() == Action.DELETE) {
            engine.change(HttpCall.delete("/volumes/" + desired.name()), "remove the volume " + desired.name());
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Name", desired.name().text());
        body.put("Driver", desired.driver().orElse("local"));
        body.put("DriverOpts", desired.options().orElse(Map.of()));
        body.put("Labels", desired.labels().orElse(Map.of()));
        HttpCall call = HttpCall.post("/volumes/create").with(HttpCall.Body.of(body));
        engine.change(call, "make the volume " + desired.name());
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        if (engine.isEmpty()) {
            return List.of();
        }
        return engine.get().get("/volumes").at("Volumes").items().stream()
                .flatMap(volume -> volume.at("Name").text().stream())
                .filter(name -> !LiveContainer.UNNAMED.matcher(name).matches())
                .sorted()
                .toList();
    }

    @Override
    public Optional<VolumeResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        if (engine.isEmpty()) {
            return Optional.empty();
        }
        return find(engine.get(), ContainerName.parse(name))
                .map(live -> new VolumeResource(
                        new ContainerName(name),
                        live.at("Driver").text(),
                        Labels.given(live.at("Options")),
                        Labels.given(live.at("Labels")),
                        Optional.empty()));
    }

    @Override
    public Optional<Undo> undo(Change<VolumeResource> due, Host host) {
        return due.action() == Action.CREATE || due.action() == Action.UPDATE
                ? Optional.empty()
                : Optional.of(new Undo.Never("The data of a removed volume is gone."));
    }

    @Override
    public List<Step> steps(Declared<VolumeResource> declared, Scene scene) {
        return EngineThings.volume(declared, scene);
    }
}
