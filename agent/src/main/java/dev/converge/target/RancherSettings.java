package dev.converge.target;

import dev.converge.firstboot.Step;
import dev.converge.model.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Files whose content RancherOS takes from keys below {@code rancher}, and not from the files: {@code /etc/environment} as
 * the variables that services ask for, {@code /etc/resolv.conf}, and {@code /etc/docker/daemon.json} as options of its
 * Docker, which refuses to start with the same option in both. The keys are those of {@code config/types.go} in
 * RancherOS's source (RancherConfig, DNSConfig, EngineOpts).
 */
final class RancherSettings {
    private static final String MIRRORS = "registry-mirrors";
    private static final Map<String, String> OF_DOCKER = Map.ofEntries(
            Map.entry("bip", "bip"),
            Map.entry("bridge", "bridge"),
            Map.entry("data-root", "graph"),
            Map.entry("debug", "debug"),
            Map.entry("exec-root", "exec_root"),
            Map.entry("group", "group"),
            Map.entry("hosts", "host"),
            Map.entry("insecure-registries", "insecure_registry"),
            Map.entry("live-restore", "live_restore"),
            Map.entry("log-driver", "log_driver"),
            Map.entry("log-opts", "log_opts"),
            Map.entry(MIRRORS, "registry_mirror"),
            Map.entry("selinux-enabled", "selinux_enabled"),
            Map.entry("storage-driver", "storage_driver"),
            Map.entry("userland-proxy", "userland_proxy"));

    private RancherSettings() {}

    /** The key below {@code rancher} and its value; empty when the file is an ordinary one. */
    static Optional<Map.Entry<String, Map<String, Object>>> of(Step.WriteFile file) {
        if (file.content().isEmpty()) {
            return Optional.empty();
        }
        String path = file.path().toString();
        return switch (path) {
            case "/etc/environment" -> Optional.of(Map.entry("environment", environment(text(file))));
            case "/etc/resolv.conf" -> Optional.of(Map.entry("network", Map.of("dns", dns(text(file)))));
            case "/etc/docker/daemon.json" -> Optional.of(Map.entry("docker", docker(text(file))));
            default -> {
                InvalidValueException.when(
                        path.startsWith("/etc/network/") || path.startsWith("/etc/systemd/"),
                        "RancherOS reads nothing from " + path + ".",
                        "Containers are its services; it sets its network up by DHCP.");
                yield Optional.empty();
            }
        };
    }

    private static String text(Step.WriteFile file) {
        return new String(file.content().orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static Map<String, Object> environment(String text) {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (String line : meaningful(text)) {
            int equals = line.indexOf('=');
            InvalidValueException.when(
                    equals < 1, "A line of /etc/environment is no variable: " + line, "Write each as NAME=value.");
            variables.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
        }
        return variables;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Map<String, Object> dns(String text) {
        Map<String, Object> dns = new LinkedHashMap<>();
        for (String line : meaningful(text)) {
            List<String> words = List.of(line.split("\\s+"));
            String key =
                    switch (words.get(0)) {
                        case "nameserver" -> "nameservers";
                        case "search", "domain" -> "search";
                        default ->
                            throw new InvalidValueException(
                                    "RancherOS has no key for this line of /etc/resolv.conf: " + line,
                                    "Write lines that begin with nameserver or search.");
                    };
            List<Object> all = new ArrayList<>();
            if (dns.get(key) instanceof List<?> there) {
                all.addAll(there);
            }
            all.addAll(words.subList(1, words.size()));
            dns.put(key, all);
        }
        return dns;
    }

    private static List<String> meaningful(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static Map<String, Object> docker(String text) {
        Map<?, ?> given;
        try {
            given = JsonMapper.shared().readValue(text, Map.class);
        } catch (JacksonException e) {
            throw new InvalidValueException("The content of /etc/docker/daemon.json is no JSON object.");
        }
        Map<String, Object> settings = new LinkedHashMap<>();
        given.forEach((key, value) -> {
            String ours = OF_DOCKER.get(key.toString());
            if (ours == null) {
                throw new InvalidValueException(
                        "RancherOS has no key for \"" + key + "\" of /etc/docker/daemon.json.",
                        "It has keys for "
                                + String.join(
                                        ", ",
                                        OF_DOCKER.keySet().stream().sorted().toList()) + ".");
            }
            settings.put(ours, key.equals(MIRRORS) ? mirror(value) : value);
        });
        return settings;
    }

    /** Docker takes several, RancherOS one. */
    private static Object mirror(Object value) {
        if (value instanceof List<?> mirrors && mirrors.size() == 1) {
            return mirrors.get(0);
        }
        throw new InvalidValueException(
                "RancherOS takes one mirror of a registry.", "Name one in the list of registry-mirrors.");
    }
}
