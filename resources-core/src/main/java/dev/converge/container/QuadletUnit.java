package dev.converge.container;

import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A container as a file of Quadlet, of which podman makes a service. Only keys that every version since 4.4 knows are used;
 * the rest are arguments of {@code podman run}. Variables go into a file of their own, that only root may read: on a command
 * line, everybody could see them.
 *
 * @see <a href="https://docs.podman.io/en/latest/markdown/podman-systemd.unit.5.html">podman-systemd.unit(5)</a>
 */
final class QuadletUnit {
    private static final String FOLDER = "/etc/containers/systemd/";

    private final ContainerResource container;
    private final StringBuilder text = new StringBuilder();

    private QuadletUnit(ContainerResource container) {
        this.container = container;
    }

    static String file(ContainerName name) {
        return FOLDER + name + ".container";
    }

    static String variablesFile(ContainerName name) {
        return FOLDER + name + ".env";
    }

    static List<Path> files(ContainerName name) {
        return List.of(Path.of(file(name)), Path.of(variablesFile(name)));
    }

    /** The unit's file; of what shall be absent there is none. */
    static Optional<Content> of(ContainerResource container) {
        return container.image().map(image -> Content.of(new QuadletUnit(container).write(image)));
    }

    /** The lines of {@code podman run --env-file}; none without variables. */
    static Content variables(ContainerResource container) {
        List<Object> parts = new ArrayList<>();
        container.environment().orElse(Map.of()).forEach((name, value) -> {
            if (value.reveal().indexOf('\n') >= 0) {
                throw new InvalidValueException(
                        "The variable " + name + " of the container " + container.name()
                                + " has several lines, which a unit cannot hand over.",
                        "Put it into a file, and mount that with volumes.");
            }
            parts.add(name + "=");
            parts.addAll(value.isSensitive() ? List.of(Secret.of(value.reveal())) : List.of(value.reveal()));
            parts.add("\n");
        });
        return Content.of(Text.of(parts));
    }

    private String write(ImageName image) {
        text.append("# Written by Converge; changes by hand are replaced.\n[Unit]\nDescription=Container ")
                .append(container.name())
                .append("\nWants=network-online.target\nAfter=network-online.target\n\n[Container]\n");
        key("ContainerName", container.name().text());
        key("Image", image.reference());
        container.command().ifPresent(words -> key("Exec", words(words)));
        if (container.environment().filter(all -> !all.isEmpty()).isPresent()) {
            key("EnvironmentFile", variablesFile(container.name()));
        }
        container.ports().ifPresent(all -> all.forEach(port -> key("PublishPort", port.toString())));
        container.volumes().ifPresent(all -> all.forEach(mount -> key("Volume", plain(mount.toString()))));
        container.networks().ifPresent(all -> all.forEach(network -> key("Network", plain(network))));
        container.capabilities().ifPresent(all -> all.forEach(one -> key("AddCapability", one.name())));
        container.dropCapabilities().ifPresent(all -> all.forEach(one -> key("DropCapability", one.name())));
        container.readOnly().ifPresent(flag -> key("ReadOnly", flag.toString()));
        container.init().ifPresent(flag -> key("RunInit", flag.toString()));
        container.labels().ifPresent(all -> all.forEach((name, value) -> key("Label", word(name + "=" + value))));
        processArguments();
        limitArguments();
        healthArguments();
        service();
        return text.toString();
    }

    private void processArguments() {
        // As podman takes several words: a list in JSON.
        container.entrypoint().ifPresent(words -> argument("--entrypoint", json(words)));
        container.user().ifPresent(user -> argument("--user", user));
        container.workingDirectory().ifPresent(folder -> argument("--workdir", folder));
        container.hostname().ifPresent(name -> argument("--hostname", name));
        container.privileged().filter(flag -> flag).ifPresent(flag -> key("PodmanArgs", "--privileged"));
        container.tmpfs().ifPresent(all -> all.forEach(mount -> argument("--tmpfs", mount.toString())));
        container.logDriver().ifPresent(driver -> argument("--log-driver", driver));
        container
                .logOptions()
                .ifPresent(all -> all.forEach((name, value) -> argument("--log-opt", name + "=" + value)));
        argument("--pull", container.pull().name().toLowerCase(Locale.ROOT));
        argument("--stop-timeout", String.valueOf(container.stopTimeout().toSeconds()));
    }

    private static String json(List<String> words) {
        return "["
                + String.join(
                        ",",
                        words.stream()
                                .map(word -> "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                                .toList())
                + "]";
    }

    private void limitArguments() {
        container.memory().ifPresent(size -> argument("--memory", String.valueOf(size.bytes())));
        container.cpus().ifPresent(limit -> argument("--cpus", limit.toString()));
        container.pidsLimit().ifPresent(count -> argument("--pids-limit", String.valueOf(count == 0 ? -1 : count)));
    }

    private void healthArguments() {
        container.healthCheck().ifPresent(words -> {
            if (words.equals(List.of("none"))) {
                key("PodmanArgs", "--no-healthcheck");
            } else {
                argument("--health-cmd", words.size() == 1 ? words.get(0) : json(words));
            }
        });
        container.healthInterval().ifPresent(time -> argument("--health-interval", seconds(time)));
        container.healthTimeout().ifPresent(time -> argument("--health-timeout", seconds(time)));
        container.healthRetries().ifPresent(times -> argument("--health-retries", times.toString()));
        container.healthStartPeriod().ifPresent(time -> argument("--health-start-period", seconds(time)));
    }

    private void service() {
        text.append("\n[Service]\n");
        container
                .restart()
                .ifPresent(policy -> key(
                        "Restart",
                        switch (policy.word()) {
                            case "unless-stopped" -> "always";
                            default -> policy.word();
                        }));
        // The image may have to be fetched first.
        key(
                "TimeoutStartSec",
                String.valueOf(container.pullTimeout().plusMinutes(1).toSeconds()));
        key(
                "TimeoutStopSec",
                String.valueOf(container.stopTimeout().plusSeconds(30).toSeconds()));
        if (container.running()) {
            text.append("\n[Install]\nWantedBy=multi-user.target\n");
        }
    }

    private void argument(String option, String value) {
        key("PodmanArgs", word(option + "=" + value));
    }

    private void key(String name, String value) {
        text.append(name).append('=').append(value).append('\n');
    }

    private static String seconds(Duration time) {
        return time.toMillis() + "ms";
    }

    private static String words(List<String> words) {
        return String.join(" ", words.stream().map(QuadletUnit::word).toList());
    }

    /** systemd would take {@code %} for a specifier. */
    private static String plain(String value) {
        return value.replace("%", "%%");
    }

    /** As the command line of a unit has a word that nothing in it may split or expand; see systemd.service(5). */
    private static String word(String value) {
        String escaped = plain(value)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("$", "$$");
        return escaped.matches("[\\w@%+=:,./-]+") ? escaped : "\"" + escaped + "\"";
    }
}
