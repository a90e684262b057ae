package dev.converge.container;

import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.KeptInFiles;
import dev.converge.model.Resource;
import dev.converge.model.Text;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Derived;
import dev.converge.schema.EnsureWord;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.Recreates;
import dev.converge.schema.Required;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container of Docker or podman. {@code ensure} takes {@code 'running'} (as {@code 'present'}), {@code 'created'} (it
 * is there and does not run) and {@code 'absent'}. Each run compares what is declared with the container itself, so that a
 * change by hand is found, and one that has not changed is never touched. What the image sets is no drift, and what is
 * left out is not managed: it stays as it is.
 *
 * <p>Most of a container cannot be changed in place. Then a new one is made first, and only when that worked is the old one
 * stopped and replaced; it runs again when the new one does not start. Named volumes, and the unnamed ones of the old
 * container, are kept. A refresh restarts a container that runs.
 *
 * @param name what the container is called
 * @param image name of its image, such as {@code nginx:1.27} or {@code registry.example.com/shop/web@sha256:…}. Where the
 *     name leads to another image than the container was made of, the container is recreated
 * @param command what the image's entrypoint gets as arguments, or what runs where it has none: {@code 'sleep', '60'}
 * @param entrypoint the program and its first arguments, instead of the image's
 * @param environment variables to add to the image's. Secrets in it are never shown; who may use the engine can read them
 * @param ports ports that the host answers at: {@code '8080:80'}, {@code '127.0.0.1:53:53/udp'}, or {@code '80'} for a
 *     free port of the host
 * @param volumes volumes and paths of the host: {@code 'data:/var/lib/app'}, {@code '/etc/app:/etc/app:ro'}. They come
 *     first where they are declared
 * @param tmpfs file systems in memory: {@code '/run'}, {@code '/tmp:size=64m'}
 * @param networks the networks that it is in, or one of {@code 'host'} (the host's own), {@code 'none'} and
 *     {@code 'bridge'} (the engine's default)
 * @param user who its program runs as: {@code 'app'}, {@code '1000:1000'}
 * @param workingDirectory folder in the container that its program starts in
 * @param hostname what it calls itself
 * @param capabilities rights of root that it gets besides the usual ones, such as {@code 'NET_ADMIN'}
 * @param dropCapabilities rights of root that it does not get, such as {@code 'ALL'}
 * @param privileged whether it may do to the host whatever root may
 * @param readOnly whether its own file system is read-only
 * @param init whether a small init process runs first in it, which reaps orphans and hands signals on
 * @param labels names with values that other programs read; besides the image's
 * @param healthCheck the command that tells whether it is well: one text for the shell in it, or program and arguments;
 *     {@code 'none'} for no check though the image has one
 * @param healthInterval pause between two checks
 * @param healthTimeout how long one check may take
 * @param healthRetries how many checks in a row have to fail until it is unhealthy
 * @param healthStartPeriod how long failures after its start do not count
 * @param logDriver where its output goes, such as {@code 'json-file'}, {@code 'journald'} or {@code 'none'}
 * @param logOptions settings of the log driver, such as {@code ['max-size': '10m']}
 * @param restart when the engine starts it again: {@code 'no'}, {@code 'always'}, {@code 'unless-stopped'},
 *     {@code 'on-failure'} or {@code 'on-failure:5'}. Docker changes it in place, podman by recreating
 * @param memory how much memory it may take, such as {@code '512m'}; {@code '0'} for no limit. Docker changes it in place,
 *     podman by recreating
 * @param cpus how many processors it may keep busy, such as {@code '0.5'}; {@code '0'} for no limit. Docker changes it in
 *     place, podman by recreating
 * @param pidsLimit how many processes it may have; 0 for no limit. Docker changes it in place, podman by recreating
 * @param running whether it runs; {@code ensure 'created'} is {@code running false}
 * @param limitsInPlace whether the engine can change the restart policy and the limits of the container as it is; where
 *     it cannot and they differ, the container is recreated
 * @param unit the Quadlet file that {@code managedBy 'systemd'} makes of all this: compared as a whole
 * @param unitVariables the file with the variables that belongs to it
 * @param pull when its image is fetched: {@code missing} if the host has none of that name, {@code always} if the registry
 *     has another one (podman cannot tell: there, only {@code missing} and {@code never} can be used), or {@code never}
 * @param pullTimeout how long fetching the image may take
 * @param stopTimeout how long it may take to end by itself before it is killed
 * @param managedBy who starts it: {@code engine}, or {@code systemd} by a unit that podman (4.4 or newer) makes of a
 *     Quadlet file in {@code /etc/containers/systemd}
 * @param engine where the engine listens, such as {@code 'unix:///run/podman/podman.sock'}; the first that answers of
 *     {@code /run/docker.sock}, {@code /var/run/docker.sock} and {@code /run/podman/podman.sock} when left out
 */
@ResourceType(
        name = "container",
        provider = ContainerProvider.class,
        example = """
                container('web') {
                    image 'docker.io/library/nginx:1.27'
                    ports '8080:80'
                    volumes '/srv/www:/usr/share/nginx/html:ro'
                    restart 'always'
                }
                """,
        ensureWords = {
            @EnsureWord(value = "running", attribute = "running", is = "true"),
            @EnsureWord(value = "created", attribute = "running", is = "false"),
        },
        after = {
            "pkg[podman]",
            "pkg[docker.io]",
            "pkg[docker-ce]",
            "service[docker]",
            "service[docker.service]",
            "service[docker.socket]",
            "service[podman.socket]",
            "service[podman]"
        })
public record ContainerResource(
        @Id ContainerName name,
        @Required @Recreates @AutoRequire("image") Optional<ImageName> image,
        @Recreates Optional<List<String>> command,
        @Recreates Optional<List<String>> entrypoint,
        @Recreates Optional<Map<String, Text>> environment,
        @Recreates Optional<Set<PortMapping>> ports,

        @Recreates @AutoRequire({"volume", "file", "directory", "link"})
        Optional<Set<VolumeMount>> volumes,

        @Recreates Optional<Set<TmpfsMount>> tmpfs,
        @Recreates @AutoRequire("network") Optional<Set<String>> networks,
        @Recreates Optional<String> user,
        @Recreates Optional<String> workingDirectory,
        @Recreates Optional<String> hostname,
        @Recreates Optional<Set<Capability>> capabilities,
        @Recreates Optional<Set<Capability>> dropCapabilities,
        @Recreates Optional<Boolean> privileged,
        @Recreates Optional<Boolean> readOnly,
        @Recreates Optional<Boolean> init,
        @Recreates Optional<Map<String, String>> labels,
        @Recreates Optional<List<String>> healthCheck,
        @Recreates Optional<Duration> healthInterval,
        @Recreates Optional<Duration> healthTimeout,
        @Recreates Optional<Integer> healthRetries,
        @Recreates Optional<Duration> healthStartPeriod,
        @Recreates Optional<String> logDriver,
        @Recreates Optional<Map<String, String>> logOptions,
        Optional<RestartPolicy> restart,
        Optional<ByteSize> memory,
        Optional<CpuLimit> cpus,
        Optional<Integer> pidsLimit,
        @Default("true") boolean running,
        @Derived @Recreates @Default("true") boolean limitsInPlace,
        @Derived @Recreates Optional<Content> unit,
        @Derived @Recreates Optional<Content> unitVariables,
        @Parameter @Default("missing") PullPolicy pull,
        @Parameter @Default("10m") Duration pullTimeout,
        @Parameter @Default("10s") Duration stopTimeout,
        @Parameter @Default("engine") ManagedBy managedBy,
        @Parameter Optional<EngineAddress> engine)
        implements Resource, UsesImage, KeptInFiles {

    @Override
    public Optional<ImageName> usedImage() {
        return image;
    }

    public ContainerResource {
        InvalidValueException.when(
                environment.stream().flatMap(all -> all.keySet().stream()).anyMatch(ContainerResource::isNoVariable),
                "The name of a variable in \"environment\" is empty or has \"=\" in it.",
                "Write [NAME: 'value'].");
        InvalidValueException.when(
                entrypoint.filter(List::isEmpty).isPresent(),
                "\"entrypoint\" names no program.",
                "Leave it out for the image's own.");
        InvalidValueException.when(
                networks.filter(all -> all.size() > 1 && (all.contains("host") || all.contains("none")))
                        .isPresent(),
                "A container in the network 'host' or 'none' can be in no other.",
                "Leave the others out.");
        InvalidValueException.when(
                healthCheck.isEmpty()
                        && (healthInterval.isPresent()
                                || healthTimeout.isPresent()
                                || healthRetries.isPresent()
                                || healthStartPeriod.isPresent()),
                "The health check's times are given, and no \"healthCheck\".",
                "Write the command that tells whether the container is well.");
        InvalidValueException.when(
                pull == PullPolicy.ALWAYS
                        && image.filter(named -> named.tag().isEmpty()).isPresent(),
                "A name with a digest always leads to the same image, so there is nothing to pull always.",
                "Leave pull out.");
        InvalidValueException.when(
                workingDirectory.filter(folder -> !folder.startsWith("/")).isPresent(),
                "\"workingDirectory\" is not an absolute path.",
                "Start it with a slash.");
        InvalidValueException.when(
                managedBy == ManagedBy.SYSTEMD && engine.isPresent(),
                "Containers that systemd manages are podman's own, so there is no \"engine\" to name.",
                "Leave engine out.");
        if (managedBy == ManagedBy.SYSTEMD && unit.isEmpty()) {
            ContainerResource described = new ContainerResource(
                    name,
                    image,
                    command,
                    entrypoint,
                    environment,
                    ports,
                    volumes,
                    tmpfs,
                    networks,
                    user,
                    workingDirectory,
                    hostname,
                    capabilities,
                    dropCapabilities,
                    privileged,
                    readOnly,
                    init,
                    labels,
                    healthCheck,
                    healthInterval,
                    healthTimeout,
                    healthRetries,
                    healthStartPeriod,
                    logDriver,
                    logOptions,
                    restart,
                    memory,
                    cpus,
                    pidsLimit,
                    running,
                    limitsInPlace,
                    unit,
                    unitVariables,
                    pull,
                    pullTimeout,
                    stopTimeout,
                    ManagedBy.ENGINE,
                    engine);
            unit = QuadletUnit.of(described);
            unitVariables = Optional.of(QuadletUnit.variables(described));
        }
    }

    /** As systemd has it. */
    ContainerResource observed(Content file, Content variables, boolean active) {
        return new ContainerType()
                .with(
                        this,
                        Map.of(
                                "running", active,
                                "unit", Optional.of(file),
                                "unitVariables", Optional.of(variables)));
    }

    private static boolean isNoVariable(String name) {
        return name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0;
    }

    @Override
    public List<Path> files() {
        return managedBy == ManagedBy.SYSTEMD ? QuadletUnit.files(name) : List.of();
    }

    @Override
    public List<Path> wholeFiles() {
        return files();
    }
}
