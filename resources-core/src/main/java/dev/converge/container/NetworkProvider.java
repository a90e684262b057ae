package dev.converge.container;

import dev.converge.firstboot.FirstBoot;
import dev.converge.firstboot.Scene;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Provider;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.WatchPoint;
import dev.converge.provider.Watchable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes and removes networks of a container engine; one that containers are in stays as it is. */
public final class NetworkProvider
        implements Provider<NetworkResource>,
                Inspects<NetworkResource>,
                FirstBoot<NetworkResource>,
                Watchable<NetworkResource> {
    private static final Set<String> PREDEFINED = Set.of("bridge", "host", "none", "podman");

    @Override
    public List<WatchPoint> watched(NetworkResource desired, Host host) {
        return List.of(
                KnownEngines.watched(desired.engine(), "network", desired.name().toString()));
    }

    @Override
    public Optional<NetworkResource> observe(NetworkResource desired, Host host)
            throws IOException, InterruptedException {
        return find(KnownEngines.at(desired.engine(), host), desired.name()).map(live -> compared(desired, live));
    }

    /** By its name alone: the beginning of an id would find another one. */
    private static Optional<Json> find(EngineClient engine, ContainerName name)
            throws IOException, InterruptedException {
        return engine.find("/networks/" + name)
                .filter(live -> live.at("Name").text().equals(Optional.of(name.text())));
    }

    private static NetworkResource compared(NetworkResource desired, Json live) {
        Json range = range(live, desired.subnet());
        return new NetworkResource(
                desired.name(),
                live.at("Driver").text(),
                range.at("Subnet").text().map(Subnet::new),
                range.at("Gateway").text(),
                Optional.of(live.at("Internal").isTrue()),
                Optional.of(live.at("EnableIPv6").isTrue()),
                desired.options().map(wanted -> Labels.seen(wanted, live.at("Options"))),
                desired.labels().map(wanted -> live.at("Labels").textFields()),
                desired.engine());
    }

    /** A network may have one for IPv4 and one for IPv6. */
    private static Json range(Json live, Optional<Subnet> wanted) {
        List<Json> ranges = live.at("IPAM", "Config").items();
        return ranges.stream()
                .filter(one -> one.at("Subnet").text().equals(wanted.map(Subnet::text)))
                .findFirst()
                .or(() -> ranges.stream().findFirst())
                .orElse(Json.MISSING);
    }

    @Override
    public void check(Change<NetworkResource> change, Host host) throws IOException, InterruptedException {
        NetworkResource desired = change.desired();
        EngineClient engine = KnownEngines.at(desired.engine(), host);
        if (PREDEFINED.contains(desired.name().text())) {
            throw new ResourceFailure(
                    "The network " + desired.name() + " is the engine's own.", "Declare one by another name.");
        }
        if (change.action() == Action.CREATE) {
            return;
        }
        List<String> users = users(engine, desired.name());
        if (!users.isEmpty()) {
            throw new ResourceFailure(
                    "The network " + desired.name() + " cannot be "
                            + (change.action() == Action.DELETE ? "removed" : "made anew")
                            + " while containers are in it: " + String.join(", ", users) + ".",
                    "Remove these containers, or take them out of the network.");
        }
    }

    /** Containers of both kinds: Docker lets a network go that stopped ones still want to be in, and they never start again. */
    private static List<String> users(EngineClient engine, ContainerName name)
            throws IOException, InterruptedException {
        return new Containers(engine).users("network", name, container -> container
                .at("NetworkSettings", "Networks")
                .fields()
                .containsKey(name.text()));
    }

    @Override
    public void apply(Change<NetworkResource> change, Host host) throws IOException, InterruptedException {
        check(change, host);
        NetworkResource desired = change.desired();
        EngineClient engine = KnownEngines.at(desired.engine(), host);
        Optional<Json> old = find(engine, desired.name());
        if (change.action() != Action.CREATE) {
            engine.change(HttpCall.delete("/networks/" + desired.name()), "remove the network " + desired.name());
        }
        if (change.action() == Action.DELETE) {
            return;
        }
        try {
            create(engine, desired.name(), body(desired, old));
        } catch (ResourceFailure failure) {
            if (old.isPresent()) {
                create(engine, desired.name(), body(unmanaged(desired), old));
            }
            throw failure;
        }
    }

    private static void create(EngineClient engine, ContainerName name, Map<String, Object> body)
            throws IOException, InterruptedException {
        HttpCall call = HttpCall.post("/networks/create").with(HttpCall.Body.of(body));
        engine.change(call, "make the network " + name);
    }

    private static NetworkResource unmanaged(NetworkResource desired) {
        return new NetworkResource(
                desired.name(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                desired.engine());
    }

    /** What is declared, and else as the old one was. */
    private static Map<String, Object> body(NetworkResource desired, Optional<Json> replaced) {
        Json old = replaced.orElse(Json.MISSING);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Name", desired.name().text());
        body.put("CheckDuplicate", true);
        body.put("Driver", desired.driver().or(() -> old.at("Driver").text()).orElse("bridge"));
        body.put("Internal", desired.internal().orElse(old.at("Internal").isTrue()));
        body.put("EnableIPv6", desired.ipv6().orElse(old.at("EnableIPv6").isTrue()));
        body.put("Options", desired.options().orElseGet(() -> old.at("Options").textFields()));
        body.put("Labels", desired.labels().orElseGet(() -> old.at("Labels").textFields()));
        Map<String, Object> ipam = new LinkedHashMap<>();
        if (desired.subnet().isPresent()) {
            Map<String, Object> range = new LinkedHashMap<>();
            range.put("Subnet", desired.subnet().get().text());
            desired.gateway().ifPresent(address -> range.put("Gateway", address));
            ipam.put("Config", List.of(range));
        } else if (old.at("IPAM", "Config").isGiven()) {
            ipam.put("Config", old.at("IPAM", "Config").plain());
        }
        body.put("IPAM", ipam);
        return body;
    }

    @Override
    public List<String> names(Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        if (engine.isEmpty()) {
            return List.of();
        }
        return engine.get().get("/networks").items().stream()
                .flatMap(network -> network.at("Name").text().stream())
                .filter(name -> !PREDEFINED.contains(name))
                .sorted()
                .toList();
    }

    @Override
    public Optional<NetworkResource> inspect(String name, Host host) throws IOException, InterruptedException {
        Optional<EngineClient> engine = KnownEngines.usual(host);
        if (engine.isEmpty()) {
            return Optional.empty();
        }
        return find(engine.get(), ContainerName.parse(name)).map(live -> whole(new ContainerName(name), live));
    }

    private static NetworkResource whole(ContainerName name, Json live) {
        Json range = range(live, Optional.empty());
        return new NetworkResource(
                name,
                live.at("Driver").text(),
                range.at("Subnet").text().map(Subnet::new),
                range.at("Gateway").text(),
                Optional.of(live.at("Internal").isTrue()).filter(flag -> flag),
                Optional.of(live.at("EnableIPv6").isTrue()).filter(flag -> flag),
                Labels.given(live.at("Options")),
                Labels.given(live.at("Labels")),
                Optional.empty());
    }

    @Override
    public List<Step> steps(Declared<NetworkResource> declared, Scene scene) {
        return EngineThings.network(declared, scene);
    }
}
