package dev.converge.target;

import dev.converge.firstboot.Step;
import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container as a service of Docker Compose, version 1, which RancherOS reads: ServiceConfigV1 in {@code config/types.go}
 * of libcompose, but for {@code build}, {@code env_file} and {@code external_links}, which its documentation leaves out.
 */
final class ComposeService {
    /** Options of {@code docker run} and their keys: the value is a list. */
    private static final Map<String, String> LISTS = Map.ofEntries(
            Map.entry("publish", "ports"),
            Map.entry("expose", "expose"),
            Map.entry("volume", "volumes"),
            Map.entry("volumes-from", "volumes_from"),
            Map.entry("env", "environment"),
            Map.entry("label", "labels"),
            Map.entry("cap-add", "cap_add"),
            Map.entry("cap-drop", "cap_drop"),
            Map.entry("device", "devices"),
            Map.entry("dns", "dns"),
            Map.entry("dns-search", "dns_search"),
            Map.entry("add-host", "extra_hosts"),
            Map.entry("link", "links"),
            Map.entry("security-opt", "security_opt"),
            Map.entry("tmpfs", "tmpfs"));

    /** The same: the value is one text. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("restart", "restart"),
            Map.entry("network", "net"),
            Map.entry("hostname", "hostname"),
            Map.entry("user", "user"),
            Map.entry("workdir", "working_dir"),
            Map.entry("entrypoint", "entrypoint"),
            Map.entry("memory", "mem_limit"),
            Map.entry("memory-swap", "memswap_limit"),
            Map.entry("cpu-shares", "cpu_shares"),
            Map.entry("cpuset-cpus", "cpuset"),
            Map.entry("log-driver", "log_driver"),
            Map.entry("pid", "pid"),
            Map.entry("ipc", "ipc"),
            Map.entry("stop-signal", "stop_signal"));

    /** The same: the value is a truth value. */
    private static final Map<String, String> FLAGS =
            Map.of("privileged", "privileged", "read-only", "read_only", "tty", "tty", "interactive", "stdin_open");

    /** Options that say what Docker does anyway. */
    private static final Map<String, String> USUAL = Map.of("pull", "missing", "stop-timeout", "10");

    private ComposeService() {}

    /** @throws InvalidValueException when it needs what Compose cannot say */
    static Map<String, Object> of(Step.RunContainer container) {
        InvalidValueException.when(
                !container.start(), "RancherOS starts every service.", "Leave \"running\" out, or set it to true.");
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("image", container.image());
        service.put("container_name", container.name());
        if (!container.command().isEmpty()) {
            service.put("command", new ArrayList<Object>(container.command()));
        }
        for (Step.ContainerOption option : container.options()) {
            put(service, option.name(), option.value().reveal());
        }
        return service;
    }

    private static void put(Map<String, Object> service, String option, String value) {
        if (value.equals(USUAL.get(option))) {
            return;
        }
        if (option.equals("log-opt")) {
            int equals = value.indexOf('=');
            Map<String, Object> options = new LinkedHashMap<>();
            if (service.get("log_opt") instanceof Map<?, ?> there) {
                there.forEach((name, given) -> options.put(name.toString(), given));
            }
            options.put(value.substring(0, equals), value.substring(equals + 1));
            service.put("log_opt", options);
            return;
        }
        if (LISTS.containsKey(option)) {
            append(service, LISTS.get(option), value);
            return;
        }
        if (TEXTS.containsKey(option)) {
            service.put(TEXTS.get(option), value);
            return;
        }
        if (FLAGS.containsKey(option)) {
            service.put(FLAGS.get(option), !value.equals("false"));
            return;
        }
        throw new InvalidValueException(
                "A service of RancherOS has nothing for the option --" + option + " of docker run.",
                "Leave it out, or render for cloud-init.");
    }

    @SuppressWarnings("unchecked") // Only lists are put under the keys of LISTS.
    private static void append(Map<String, Object> service, String key, String value) {
        ((List<Object>) service.computeIfAbsent(key, name -> new ArrayList<>())).add(value);
    }
}
