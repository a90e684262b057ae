package dev.converge.container;

import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A container as the engine describes it, in the words of the manifest. Docker's {@code inspect} and podman's differ in
 * details; they end here.
 *
 * @param json the engine's answer to {@code /containers/ID/json}
 * @param image what it was made of; {@link ImageDetails#UNKNOWN} when the engine has it no more
 */
record LiveContainer(Json json, ImageDetails image) {
    /** podman adds these to every container; Docker keeps them out of its answer. */
    private static final Set<String> OF_THE_ENGINE = Set.of("container", "TERM", "HOSTNAME", "HOME", "PATH");

    /** What an engine calls a volume that nobody gave a name. */
    static final Pattern UNNAMED = Pattern.compile("[0-9a-f]{64}");

    String id() {
        return json.at("Id").text().orElse("");
    }

    String name() {
        return json.at("Name")
                .text()
                .map(name -> name.startsWith("/") ? name.substring(1) : name)
                .orElse("");
    }

    Json config(String key) {
        return json.at("Config", key);
    }

    Json host(String key) {
        return json.at("HostConfig", key);
    }

    /** A paused one does not run: nothing in it does. */
    boolean isRunning() {
        return json.at("State", "Running").isTrue() && !isPaused();
    }

    boolean isPaused() {
        return json.at("State", "Paused").isTrue();
    }

    /** Whether it has ended, and waits to be started again. */
    boolean isBetweenStarts() {
        return json.at("State", "Restarting").isTrue();
    }

    /** Whether it has ended and been started again since it was started. */
    boolean isRestarting() {
        return isBetweenStarts() || json.at("RestartCount").number() > 0;
    }

    long exitStatus() {
        return json.at("State", "ExitCode").number();
    }

    String imageId() {
        return json.at("Image").text().orElse("");
    }

    /** The name of the image that it was made by, when it was one. */
    Optional<String> imageReference() {
        return config("Image").text();
    }

    /** All variables, those of the image and the engine too. */
    Map<String, String> variables() {
        return ImageDetails.variables(config("Env").texts());
    }

    /** Whether nobody but the image or the engine set a variable so. */
    boolean isInherited(String name, String value) {
        return value.equals(image.environment().get(name))
                || (OF_THE_ENGINE.contains(name) && !image.environment().containsKey(name));
    }

    /**
     * The variables that an author has to answer for: those that he names, and those that neither the image nor the engine
     * set. What was set before and is not in the manifest any more may be a secret, so it is masked.
     */
    Map<String, Text> environment(Map<String, Text> declared) {
        Map<String, Text> seen = new LinkedHashMap<>();
        variables().forEach((name, value) -> {
            Text wanted = declared.get(name);
            if (wanted != null) {
                seen.put(name, wanted.isSensitive() ? Text.of(Secret.of(value)) : Text.of(value));
            } else if (image.isKnown() && !isInherited(name, value)) {
                seen.put(name, Text.of(Secret.of(value)));
            }
        });
        return seen;
    }

    Map<String, String> labels(Set<String> declared) {
        Map<String, String> seen = new LinkedHashMap<>();
        config("Labels").textFields().forEach((name, value) -> {
            boolean ours = image.isKnown() && !value.equals(image.labels().get(name));
            if (declared.contains(name) || ours) {
                seen.put(name, value);
            }
        });
        return seen;
    }

    Set<PortMapping> ports() {
        Set<PortMapping> ports = new LinkedHashSet<>();
        host("PortBindings").fields().forEach((side, bindings) -> {
            int slash = side.indexOf('/');
            int port = Integer.parseInt(slash < 0 ? side : side.substring(0, slash));
            String protocol = slash < 0 ? "tcp" : side.substring(slash + 1);
            for (Json binding : bindings.items()) {
                ports.add(new PortMapping(
                        binding.at("HostIp").text().flatMap(PortMapping::specific),
                        binding.at("HostPort").text().flatMap(LiveContainer::hostPort),
                        port,
                        protocol));
            }
        });
        return ports;
    }

    /** Of a range, such as {@code 8080-8090}, the engine picked one. */
    private static Optional<Integer> hostPort(String text) {
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,5}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0);
    }

    /** Those that somebody asked for: not the unnamed volumes that the image wants. */
    Set<VolumeMount> volumes() {
        Set<VolumeMount> volumes = new LinkedHashSet<>();
        for (Json mount : json.at("Mounts").items()) {
            if (!isUnnamed(mount)) {
                mounted(mount).ifPresent(volumes::add);
            }
        }
        return volumes;
    }

    /** The volumes that the engine made since the image wants them; their data goes on to the next container. */
    List<VolumeMount> unnamedVolumes() {
        List<VolumeMount> volumes = new ArrayList<>();
        for (Json mount : json.at("Mounts").items()) {
            if (isUnnamed(mount)) {
                mounted(mount).ifPresent(volumes::add);
            }
        }
        return volumes;
    }

    private static boolean isUnnamed(Json mount) {
        return mount.at("Name")
                .text()
                .filter(name -> UNNAMED.matcher(name).matches())
                .isPresent();
    }

    private static Optional<VolumeMount> mounted(Json mount) {
        String kind = mount.at("Type").text().orElse("");
        Optional<String> source =
                switch (kind) {
                    case "volume" -> mount.at("Name").text();
                    case "bind" -> mount.at("Source").text();
                    default -> Optional.empty();
                };
        List<String> options = mount.at("RW").isTrue() ? List.of() : List.of("ro");
        return source.map(
                from -> new VolumeMount(from, mount.at("Destination").text().orElse("/"), options));
    }

    Set<TmpfsMount> tmpfs() {
        Set<TmpfsMount> mounts = new LinkedHashSet<>();
        host("Tmpfs")
                .textFields()
                .forEach((target, options) ->
                        mounts.add(TmpfsMount.parse(options.isEmpty() ? target : target + ":" + options)));
        return mounts;
    }

    /** Names of networks, or the mode that stands for them. */
    Set<String> networks() {
        String mode = host("NetworkMode").text().orElse("");
        if (mode.equals("host") || mode.equals("none") || mode.startsWith("container:")) {
            return Set.of(mode);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : json.at("NetworkSettings", "Networks").fields().keySet()) {
            names.add(name.equals("podman") ? "bridge" : name);
        }
        return names;
    }

    List<String> healthCheck() {
        List<String> test = config("Healthcheck").at("Test").texts();
        if (test.isEmpty()) {
            return List.of();
        }
        return test.get(0).equals("NONE") ? List.of("none") : test.subList(1, test.size());
    }

    Optional<Duration> healthTime(String key) {
        return Optional.of(config("Healthcheck").at(key).number())
                .filter(nanos -> nanos > 0)
                .map(Duration::ofNanos);
    }

    static Set<Capability> capabilities(Json names) {
        Set<Capability> all = new LinkedHashSet<>();
        names.texts().forEach(name -> all.add(Capability.parse(name)));
        return all;
    }
}
