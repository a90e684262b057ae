package dev.converge.target;

import dev.converge.firstboot.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands below the key {@code rancher}: each setting with the resource that it is of. */
final class RancherSection {
    private final Map<String, Map<String, String>> keys = new LinkedHashMap<>();

    /** A step that belongs here. */
    void add(Step step, String origin) {
        if (step instanceof Step.RunContainer container) {
            set("services", container.name(), ComposeService.of(container), origin);
        } else if (step instanceof Step.SetSysctl setting) {
            set("sysctl", setting.key(), setting.value(), origin);
        } else if (step instanceof Step.SetUnit unit) {
            String name = unit.unit().replaceFirst("\\.service$", "");
            set("services_include", name, unit.enabled().orElseThrow(), origin);
        } else if (step instanceof Step.FormatDisk disk) {
            set("state", "dev", "LABEL=" + disk.label().orElseThrow(), origin);
            set("state", "fstype", disk.type(), origin);
            set("state", "autoformat", List.of(disk.device()), origin);
        }
    }

    /** A value two levels below {@code rancher}. */
    void set(String key, String name, Object value, String origin) {
        String text = CloudYaml.entry(name, value, 4);
        Map<String, String> entries = keys.computeIfAbsent(key, group -> new LinkedHashMap<>());
        String comment = CloudYaml.comment(origin, 4);
        boolean told = entries.values().stream().anyMatch(entry -> entry.startsWith(comment));
        entries.put(name, told ? text : comment + text);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        keys.forEach((key, entries) -> {
            out.append(out.isEmpty() ? "\nrancher:\n" : "")
                    .append("  ")
                    .append(key)
                    .append(":\n");
            entries.values().forEach(out::append);
        });
        return out.toString();
    }
}
