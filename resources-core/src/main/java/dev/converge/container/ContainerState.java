package dev.converge.container;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** A live container as the resource that a manifest would describe. */
final class ContainerState {
    private ContainerState() {}

    /**
     * The state to compare with a desired one. Where an engine shows more than it was told, such as further options of a
     * mount, what it was told is shown.
     *
     * @param podman whether podman keeps it, which changes nothing in place
     * @param image the image that the container is made of, by its name
     */
    static ContainerResource compared(ContainerResource desired, LiveContainer live, ImageName image, boolean podman) {
        Json health = live.config("Healthcheck");
        Json log = live.host("LogConfig");
        return new ContainerResource(
                desired.name(),
                Optional.of(image),
                desired.command().map(wanted -> live.config("Cmd").texts()),
                desired.entrypoint()
                        .map(wanted -> live.config("Entrypoint").texts())
                        .filter(words -> !words.isEmpty()),
                desired.environment().map(live::environment),
                desired.ports().map(wanted -> seen(wanted, live.ports(), PortMapping::allows)),
                desired.volumes().map(wanted -> seen(wanted, live.volumes(), VolumeMount::allows)),
                desired.tmpfs().map(wanted -> tmpfs(wanted, live)),
                desired.networks().map(wanted -> live.networks()),
                desired.user().map(wanted -> live.config("User").text().orElse("")),
                live.config("WorkingDir").text(),
                live.config("Hostname").text(),
                desired.capabilities().map(wanted -> LiveContainer.capabilities(live.host("CapAdd"))),
                desired.dropCapabilities().map(wanted -> dropped(wanted, live)),
                Optional.of(live.host("Privileged").isTrue()),
                Optional.of(live.host("ReadonlyRootfs").isTrue()),
                Optional.of(live.host("Init").isTrue()),
                desired.labels().map(wanted -> live.labels(wanted.keySet())),
                desired.healthCheck().map(wanted -> live.healthCheck()),
                desired.healthInterval().flatMap(wanted -> live.healthTime("Interval")),
                desired.healthTimeout().flatMap(wanted -> live.healthTime("Timeout")),
                desired.healthRetries().map(wanted -> (int) health.at("Retries").number()),
                desired.healthStartPeriod().flatMap(wanted -> live.healthTime("StartPeriod")),
                log.at("Type").text(),
                desired.logOptions().map(wanted -> only(wanted.keySet(), log.at("Config"))),
                Optional.of(RestartPolicy.of(live.host("RestartPolicy"))),
                Optional.of(Limits.memory(live)),
                Optional.of(Limits.cpus(live)),
                Optional.of(Limits.pids(live)),
                isRunning(desired, live),
                !Limits.needNewContainer(desired, live, podman),
                Optional.empty(),
                Optional.empty(),
                desired.pull(),
                desired.pullTimeout(),
                desired.stopTimeout(),
                desired.managedBy(),
                desired.engine());
    }

    /** One that ends and is started again and again is neither running nor stopped, so it is not what was wished. */
    private static boolean isRunning(ContainerResource desired, LiveContainer live) {
        return live.isBetweenStarts() ? !desired.running() : live.isRunning();
    }

    private static <T> Set<T> seen(Set<T> wanted, Set<T> live, BiPredicate<T, T> allows) {
        Set<T> seen = new LinkedHashSet<>();
        for (T one : live) {
            seen.add(wanted.stream()
                    .filter(wish -> allows.test(wish, one))
                    .findFirst()
                    .orElse(one));
        }
        return seen;
    }

    /** podman adds some to a read-only container. */
    private static Set<TmpfsMount> tmpfs(Set<TmpfsMount> wanted, LiveContainer live) {
        Set<TmpfsMount> seen = new LinkedHashSet<>(seen(wanted, live.tmpfs(), TmpfsMount::allows));
        seen.removeIf(one -> !wanted.contains(one) && one.options().contains("tmpcopyup"));
        return seen;
    }

    /** podman shows each of all capabilities alone. */
    private static Set<Capability> dropped(Set<Capability> wanted, LiveContainer live) {
        Set<Capability> seen = LiveContainer.capabilities(live.host("CapDrop"));
        Capability all = new Capability("ALL");
        boolean every = wanted.contains(all) && seen.size() > wanted.size() && !seen.contains(all);
        return every ? wanted : seen;
    }

    private static Map<String, String> only(Set<String> names, Json all) {
        Map<String, String> some = new LinkedHashMap<>(all.textFields());
        some.keySet().retainAll(names);
        return some;
    }
}
