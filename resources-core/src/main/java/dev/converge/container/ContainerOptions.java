package dev.converge.container;

import dev.converge.firstboot.Step.ContainerOption;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A container as the options that {@code podman run} and {@code docker run} have in common. */
final class ContainerOptions {
    private final List<ContainerOption> options = new ArrayList<>();

    private ContainerOptions() {}

    static List<ContainerOption> of(ContainerResource container) {
        ContainerOptions options = new ContainerOptions();
        options.process(container);
        options.places(container);
        options.rights(container);
        options.health(container);
        options.limits(container);
        return options.options;
    }

    /** What follows the image: the rest of an entrypoint of several words, and the command. */
    static List<String> command(ContainerResource container) {
        List<String> words = new ArrayList<>();
        container.entrypoint().ifPresent(all -> words.addAll(all.subList(1, all.size())));
        words.addAll(container.command().orElse(List.of()));
        return words;
    }

    private void add(String name, String value) {
        options.add(new ContainerOption(name, Text.of(value)));
    }

    private void flag(String name, Optional<Boolean> value) {
        value.ifPresent(on -> add(name, on.toString()));
    }

    private void process(ContainerResource container) {
        InvalidValueException.when(
                container.environment().stream()
                        .flatMap(all -> all.values().stream())
                        .anyMatch(Text::isSensitive),
                "A secret in \"environment\" would be seen on the engine's command line.",
                "Put it into a file that the container mounts, or use managedBy 'systemd'.");
        container.entrypoint().ifPresent(words -> add("entrypoint", words.get(0)));
        container.environment().ifPresent(all -> all.forEach((name, value) -> add("env", name + "=" + value.reveal())));
        container.user().ifPresent(user -> add("user", user));
        container.workingDirectory().ifPresent(folder -> add("workdir", folder));
        container.hostname().ifPresent(name -> add("hostname", name));
        flag("init", container.init());
        container.labels().ifPresent(all -> all.forEach((name, value) -> add("label", name + "=" + value)));
        container.logDriver().ifPresent(driver -> add("log-driver", driver));
        container.logOptions().ifPresent(all -> all.forEach((name, value) -> add("log-opt", name + "=" + value)));
        add("pull", container.pull().name().toLowerCase(Locale.ROOT));
        add("stop-timeout", Long.toString(container.stopTimeout().toSeconds()));
    }

    private void places(ContainerResource container) {
        container.ports().ifPresent(all -> all.forEach(port -> add("publish", port.toString())));
        container.volumes().ifPresent(all -> all.forEach(mount -> add("volume", mount.toString())));
        container.tmpfs().ifPresent(all -> all.forEach(mount -> add("tmpfs", mount.toString())));
        container.networks().ifPresent(all -> all.forEach(network -> add("network", network)));
    }

    private void rights(ContainerResource container) {
        container.capabilities().ifPresent(all -> all.forEach(one -> add("cap-add", one.name())));
        container.dropCapabilities().ifPresent(all -> all.forEach(one -> add("cap-drop", one.name())));
        flag("privileged", container.privileged());
        flag("read-only", container.readOnly());
    }

    private void health(ContainerResource container) {
        container.healthCheck().ifPresent(words -> {
            if (words.equals(List.of("none"))) {
                add("no-healthcheck", "true");
                return;
            }
            InvalidValueException.when(
                    words.size() > 1,
                    "A health check of several words is only for Converge itself.",
                    "Write one text.");
            add("health-cmd", words.get(0));
        });
        container.healthInterval().ifPresent(time -> add("health-interval", millis(time)));
        container.healthTimeout().ifPresent(time -> add("health-timeout", millis(time)));
        container.healthRetries().ifPresent(times -> add("health-retries", times.toString()));
        container.healthStartPeriod().ifPresent(time -> add("health-start-period", millis(time)));
    }

    private void limits(ContainerResource container) {
        container.restart().ifPresent(policy -> add("restart", policy.toString()));
        container.memory().ifPresent(size -> add("memory", Long.toString(size.bytes())));
        container.cpus().ifPresent(limit -> add("cpus", limit.toString()));
        container.pidsLimit().ifPresent(count -> add("pids-limit", Integer.toString(count == 0 ? -1 : count)));
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }
}
