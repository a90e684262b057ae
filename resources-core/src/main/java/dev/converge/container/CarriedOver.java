package dev.converge.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a new container takes over from the one that it replaces: everything that was asked for and that a manifest may
 * leave unmanaged, without what the old image gave to it. The new image gives its own.
 */
final class CarriedOver {
    private static final List<String> CONFIG = List.of("Domainname", "Tty", "OpenStdin", "StdinOnce", "StopTimeout");

    private static final List<String> HOST = List.of(
            "PortBindings",
            "Tmpfs",
            "CapAdd",
            "CapDrop",
            "ExtraHosts",
            "Dns",
            "DnsOptions",
            "DnsSearch",
            "GroupAdd",
            "Privileged",
            "PublishAllPorts",
            "ReadonlyRootfs",
            "SecurityOpt",
            "Sysctls",
            "ShmSize",
            "Devices",
            "LogConfig",
            "RestartPolicy",
            "Memory",
            "MemoryReservation",
            "NanoCpus",
            "CpuShares",
            "CpusetCpus",
            "CpusetMems",
            "PidsLimit",
            "OomScoreAdj",
            "Init");

    /** podman answers with these in words of its own, which its create does not take. */
    private static final List<String> HOST_OF_DOCKER = List.of(
            "IpcMode",
            "PidMode",
            "UTSMode",
            "UsernsMode",
            "CgroupnsMode",
            "Ulimits",
            "Runtime",
            "DeviceRequests",
            "DeviceCgroupRules",
            "Mounts",
            "VolumesFrom",
            "MemorySwap",
            "StorageOpt",
            "Isolation");

    private final LiveContainer old;
    private final boolean podman;

    CarriedOver(LiveContainer old, boolean podman) {
        this.old = old;
        this.podman = podman;
    }

    /** As {@code Config} of the API. */
    Map<String, Object> config() {
        ImageDetails image = old.image();
        Map<String, Object> config = new LinkedHashMap<>();
        CONFIG.forEach(key -> take(key, old.config(key), config));
        String hostname = old.config("Hostname").text().orElse("");
        if (!hostname.isEmpty() && !old.id().startsWith(hostname)) {
            config.put("Hostname", hostname);
        }
        takeUnless(image.user().orElse(""), "User", config);
        takeUnless(image.workingDirectory().orElse(podman ? "/" : ""), "WorkingDir", config);
        takeUnless(image.healthCheck().orElse(null), "Healthcheck", config);
        boolean entered = !old.config("Entrypoint").texts().equals(image.entrypoint());
        if (entered) {
            take("Entrypoint", old.config("Entrypoint"), config);
        }
        if (entered || !old.config("Cmd").texts().equals(image.command())) {
            take("Cmd", old.config("Cmd"), config);
        }
        Map<String, String> variables = old.variables();
        variables.entrySet().removeIf(variable -> old.isInherited(variable.getKey(), variable.getValue()));
        config.put("Env", variables);
        Map<String, String> labels = old.config("Labels").textFields();
        labels.entrySet()
                .removeIf(label -> label.getValue().equals(image.labels().get(label.getKey())));
        config.put("Labels", labels);
        return config;
    }

    private void takeUnless(/* null: none */ Object inherited, String key, Map<String, Object> into) {
        if (!Objects.equals(old.config(key).plain(), inherited)) {
            take(key, old.config(key), into);
        }
    }

    private static void take(String key, Json value, Map<String, Object> into) {
        if (value.isGiven()) {
            into.put(key, value.plain());
        }
    }

    /** As {@code HostConfig} of the API. */
    Map<String, Object> host() {
        Map<String, Object> host = new LinkedHashMap<>();
        HOST.forEach(key -> take(key, old.host(key), host));
        if (!podman) {
            HOST_OF_DOCKER.forEach(key -> take(key, old.host(key), host));
        }
        host.put("Binds", binds());
        return host;
    }

    private List<String> binds() {
        if (!podman) {
            return old.host("Binds").texts();
        }
        return old.volumes().stream().map(VolumeMount::toString).toList();
    }

    /** The unnamed volumes at all places but these. */
    List<String> unnamedVolumes(Set<String> taken) {
        List<String> binds = new ArrayList<>();
        for (VolumeMount volume : old.unnamedVolumes()) {
            if (!taken.contains(volume.target())) {
                binds.add(volume.toString());
            }
        }
        return binds;
    }

    List<String> networks() {
        return new ArrayList<>(new LinkedHashSet<>(old.networks()));
    }

    /** How it was in a network: the names and addresses that somebody gave it there. */
    Map<String, Object> endpoint(String network) {
        Json live = old.json().at("NetworkSettings", "Networks", network);
        Map<String, Object> endpoint = new LinkedHashMap<>();
        take("IPAMConfig", live.at("IPAMConfig"), endpoint);
        take("Links", live.at("Links"), endpoint);
        List<String> aliases = live.at("Aliases").texts().stream()
                .filter(alias -> !old.id().startsWith(alias))
                .toList();
        if (!aliases.isEmpty()) {
            endpoint.put("Aliases", aliases);
        }
        return endpoint;
    }
}
