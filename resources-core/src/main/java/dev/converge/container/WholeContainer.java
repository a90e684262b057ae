package dev.converge.container;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A live container as the shortest manifest that describes it: what its image or the engine set is left out. So are its
 * variables, since secrets are among them that nobody can tell from the rest.
 */
final class WholeContainer {
    /** What podman-run(1) says under --tmpfs and --read-only. */
    private static final Set<String> PODMAN_OPTIONS = Set.of("rw", "rprivate", "nosuid", "nodev", "tmpcopyup");

    private static final Set<String> READ_ONLY_MOUNTS = Set.of("/dev", "/dev/shm", "/run", "/tmp", "/var/tmp");

    private WholeContainer() {}

    static ContainerResource of(LiveContainer live) {
        ImageDetails image = live.image();
        Json log = live.host("LogConfig");
        // Who gives an entrypoint loses the image's command with it.
        Optional<List<String>> entrypoint = given(live.config("Entrypoint").texts(), image.entrypoint());
        boolean checked = live.config("Healthcheck").isGiven()
                && image.healthCheck()
                        .filter(live.config("Healthcheck").plain()::equals)
                        .isEmpty();
        return new ContainerResource(
                new ContainerName(live.name()),
                live.imageReference()
                        .filter(name -> !name.startsWith("sha256:"))
                        .map(ImageName::parse),
                given(live.config("Cmd").texts(), entrypoint.isPresent() ? List.of() : image.command()),
                entrypoint,
                Optional.empty(),
                given(live.ports()),
                given(live.volumes()),
                given(named(live)),
                given(live.networks()),
                live.config("User").text().filter(user -> !image.user().equals(Optional.of(user))),
                live.config("WorkingDir")
                        .text()
                        .filter(folder ->
                                !folder.equals(image.workingDirectory().orElse("/"))),
                live.config("Hostname").text().filter(name -> !live.id().startsWith(name)),
                given(LiveContainer.capabilities(live.host("CapAdd"))),
                given(LiveContainer.capabilities(live.host("CapDrop"))),
                flag(live.host("Privileged")),
                flag(live.host("ReadonlyRootfs")),
                flag(live.host("Init")),
                Optional.of(live.labels(Set.of())).filter(labels -> !labels.isEmpty()),
                checked ? Optional.of(live.healthCheck()) : Optional.empty(),
                checked ? live.healthTime("Interval") : Optional.<Duration>empty(),
                checked ? live.healthTime("Timeout") : Optional.<Duration>empty(),
                checked ? number(live.config("Healthcheck").at("Retries")) : Optional.<Integer>empty(),
                checked ? live.healthTime("StartPeriod") : Optional.<Duration>empty(),
                log.at("Type").text(),
                Optional.<Map<String, String>>of(log.at("Config").textFields()).filter(options -> !options.isEmpty()),
                Optional.of(RestartPolicy.of(live.host("RestartPolicy")))
                        .filter(policy -> !policy.word().equals("no")),
                Optional.of(new ByteSize(live.host("Memory").number())).filter(size -> size.bytes() > 0),
                Optional.of(new CpuLimit(live.host("NanoCpus").number())).filter(limit -> limit.nanos() > 0),
                number(live.host("PidsLimit")),
                live.isRunning(),
                true,
                Optional.empty(),
                Optional.empty(),
                PullPolicy.MISSING,
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                ManagedBy.ENGINE,
                Optional.empty());
    }

    /** Without those that podman gives to each read-only container, and without the options that it adds to all. */
    private static Set<TmpfsMount> named(LiveContainer live) {
        Set<TmpfsMount> mounts = new LinkedHashSet<>();
        for (TmpfsMount mount : live.tmpfs()) {
            List<String> options = mount.options().stream()
                    .filter(option -> !PODMAN_OPTIONS.contains(option))
                    .toList();
            boolean podmans = options.size() < mount.options().size();
            if (!options.isEmpty() || !podmans || !READ_ONLY_MOUNTS.contains(mount.target())) {
                mounts.add(new TmpfsMount(mount.target(), options));
            }
        }
        return mounts;
    }

    private static <T> Optional<Set<T>> given(Set<T> values) {
        return Optional.of(values).filter(all -> !all.isEmpty());
    }

    private static Optional<List<String>> given(List<String> values, List<String> inherited) {
        return Optional.of(values).filter(all -> !all.isEmpty() && !all.equals(inherited));
    }

    private static Optional<Boolean> flag(Json value) {
        return value.isTrue() ? Optional.of(true) : Optional.empty();
    }

    private static Optional<Integer> number(Json value) {
        return value.number() > 0 ? Optional.of((int) value.number()) : Optional.empty();
    }
}
