package dev.converge.container;

import dev.converge.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The container to make: what is declared, over what is carried over from the one that it replaces. */
final class NewContainer {
    private final ContainerResource desired;
    private final EngineClient engine;
    private final Optional<LiveContainer> replaced;
    private final Optional<CarriedOver> old;
    private final Map<String, Object> config;
    private final Map<String, Object> host;

    NewContainer(ContainerResource desired, EngineClient engine, Optional<LiveContainer> replaced) {
        this.desired = desired;
        this.engine = engine;
        this.replaced = replaced;
        this.old = replaced.map(live -> new CarriedOver(live, engine.isPodman()));
        this.config = old.map(CarriedOver::config).orElseGet(LinkedHashMap::new);
        this.host = old.map(CarriedOver::host).orElseGet(LinkedHashMap::new);
    }

    /** Makes it under a name, in its networks, not started; its id. */
    String create(String name) throws IOException, InterruptedException {
        List<String> networks = networks();
        Map<String, Object> body = body(networks);
        HttpCall call = HttpCall.post("/containers/create?name=" + EngineClient.encoded(name))
                .with(HttpCall.Body.of(body));
        String id = engine.change(call, "create the container " + desired.name())
                .at("Id")
                .text()
                .orElseThrow();
        for (String network : networks.subList(Math.min(1, networks.size()), networks.size())) {
            connect(id, network);
        }
        return id;
    }

    private void connect(String id, String network) throws IOException, InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("Container", id);
        request.put("EndpointConfig", endpoint(network));
        HttpCall call = HttpCall.post("/networks/" + EngineClient.encoded(network) + "/connect")
                .with(HttpCall.Body.of(request));
        engine.change(call, "connect the container " + desired.name() + " to the network " + network);
    }

    private List<String> networks() {
        return desired.networks()
                .<List<String>>map(ArrayList::new)
                .or(() -> old.map(CarriedOver::networks))
                .orElseGet(List::of);
    }

    private Map<String, Object> endpoint(String network) {
        return old.map(carried -> carried.endpoint(network)).orElseGet(Map::of);
    }

    Map<String, Object> body(List<String> networks) {
        config.put("Image", desired.image().orElseThrow().reference());
        declareProcess();
        declareHealth();
        declareMounts();
        declareHost();
        declarePorts();
        if (!networks.isEmpty()) {
            String main = networks.get(0);
            host.put("NetworkMode", main);
            Map<String, Object> endpoint = endpoint(main);
            if (!endpoint.isEmpty()) {
                config.put("NetworkingConfig", Map.of("EndpointsConfig", Map.of(main, endpoint)));
            }
        }
        config.put("HostConfig", host);
        return config;
    }

    private void declareProcess() {
        desired.command().ifPresent(words -> config.put("Cmd", words));
        desired.entrypoint().ifPresent(words -> config.put("Entrypoint", words));
        desired.user().ifPresent(user -> config.put("User", user));
        desired.workingDirectory().ifPresent(folder -> config.put("WorkingDir", folder));
        desired.hostname().ifPresent(name -> config.put("Hostname", name));
        desired.labels().ifPresent(labels -> config.put("Labels", labels));
        desired.environment().ifPresent(declared -> config.put("Env", revealed(declared)));
        if (config.get("Env") instanceof Map<?, ?> variables) {
            List<String> lines = new ArrayList<>();
            variables.forEach((name, value) -> lines.add(name + "=" + value));
            config.put("Env", lines);
        }
    }

    private static Map<String, String> revealed(Map<String, Text> declared) {
        Map<String, String> values = new LinkedHashMap<>();
        declared.forEach((name, value) -> values.put(name, value.reveal()));
        return values;
    }

    private void declareHealth() {
        if (desired.healthCheck().isEmpty()) {
            return;
        }
        List<String> words = desired.healthCheck().get();
        List<String> test = new ArrayList<>(words);
        if (words.equals(List.of("none"))) {
            test = List.of("NONE");
        } else {
            test.add(0, words.size() == 1 ? "CMD-SHELL" : "CMD");
        }
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("Test", test);
        desired.healthInterval().map(Duration::toNanos).ifPresent(nanos -> health.put("Interval", nanos));
        desired.healthTimeout().map(Duration::toNanos).ifPresent(nanos -> health.put("Timeout", nanos));
        desired.healthRetries().ifPresent(times -> health.put("Retries", times));
        desired.healthStartPeriod().map(Duration::toNanos).ifPresent(nanos -> health.put("StartPeriod", nanos));
        config.put("Healthcheck", health);
    }

    private void declareMounts() {
        desired.volumes().ifPresent(volumes -> {
            host.put("Binds", volumes.stream().map(VolumeMount::toString).toList());
            host.remove("Mounts");
        });
        desired.tmpfs().ifPresent(mounts -> {
            Map<String, String> options = new LinkedHashMap<>();
            mounts.forEach(mount -> options.put(mount.target(), mount.optionText()));
            host.put("Tmpfs", options);
        });
        if (old.isPresent()) {
            List<String> binds = new ArrayList<>();
            ((List<?>) host.getOrDefault("Binds", List.of())).forEach(bind -> binds.add(bind.toString()));
            binds.addAll(old.get().unnamedVolumes(declaredTargets()));
            host.put("Binds", binds);
        }
    }

    private Set<String> declaredTargets() {
        Set<String> targets = new LinkedHashSet<>();
        desired.volumes().ifPresent(all -> all.forEach(mount -> targets.add(mount.target())));
        desired.tmpfs().ifPresent(all -> all.forEach(mount -> targets.add(mount.target())));
        return targets;
    }

    private void declareHost() {
        desired.capabilities().ifPresent(all -> host.put("CapAdd", names(all)));
        desired.dropCapabilities().ifPresent(all -> host.put("CapDrop", names(all)));
        desired.privileged().ifPresent(flag -> host.put("Privileged", flag));
        desired.readOnly().ifPresent(flag -> host.put("ReadonlyRootfs", flag));
        desired.init().ifPresent(flag -> host.put("Init", flag));
        if (desired.logDriver().isPresent() || desired.logOptions().isPresent()) {
            Map<String, Object> log = new LinkedHashMap<>();
            desired.logDriver().ifPresent(driver -> log.put("Type", driver));
            log.put("Config", desired.logOptions().orElse(Map.of()));
            host.put("LogConfig", log);
        }
        host.putAll(Limits.declared(desired, replaced));
    }

    private static List<String> names(Set<Capability> all) {
        return all.stream().map(Capability::name).toList();
    }

    private void declarePorts() {
        desired.ports().ifPresent(ports -> {
            Map<String, List<Map<String, String>>> bindings = new LinkedHashMap<>();
            for (PortMapping port : ports) {
                Map<String, String> binding = new LinkedHashMap<>();
                binding.put("HostIp", port.address().orElse(""));
                binding.put("HostPort", port.hostPort().map(String::valueOf).orElse(""));
                bindings.computeIfAbsent(port.containerSide(), side -> new ArrayList<>())
                        .add(binding);
            }
            host.put("PortBindings", bindings);
        });
        if (host.get("PortBindings") instanceof Map<?, ?> bindings) {
            Map<String, Object> exposed = new LinkedHashMap<>();
            bindings.keySet().forEach(side -> exposed.put(side.toString(), Map.of()));
            config.put("ExposedPorts", exposed);
        }
    }
}
