package dev.converge.host;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The {@code os} facts: os-release(5), and what the kernel says of itself. */
final class OsFacts {
    private static final Map<String, String> FAMILIES = Map.of(
            "debian", "debian",
            "ubuntu", "debian",
            "rhel", "redhat",
            "fedora", "redhat",
            "centos", "redhat",
            "alpine", "alpine",
            "suse", "suse",
            "opensuse", "suse",
            "sles", "suse",
            "arch", "arch");

    /** Where Java's name for an architecture is not that of {@code uname -m}. */
    private static final Map<String, String> MACHINES = Map.of("amd64", "x86_64", "x86", "i686", "arm", "armv7l");

    private OsFacts() {}

    static Map<String, Object> read(SystemFiles files) {
        String file = files.exists("/etc/os-release") ? "/etc/os-release" : "/usr/lib/os-release";
        Map<String, String> release = parse(files, file);
        String name = release.getOrDefault("ID", "linux");
        String kernel = files.text("/proc/sys/kernel/osrelease");
        String java = System.getProperty("os.arch");
        Map<String, Object> os = new TreeMap<>();
        os.put("name", name);
        os.put("family", family(name, release.getOrDefault("ID_LIKE", "")));
        os.put("release", release.getOrDefault("VERSION_ID", ""));
        os.put("codename", release.getOrDefault("VERSION_CODENAME", release.getOrDefault("UBUNTU_CODENAME", "")));
        os.put("architecture", MACHINES.getOrDefault(java, java));
        os.put("kernel", kernel.isEmpty() ? System.getProperty("os.version") : kernel);
        return Collections.unmodifiableMap(os);
    }

    /** The first of the system's own name and those of its relatives, nearest first, that is known; else its own. */
    private static String family(String name, String relatives) {
        for (String candidate : (name + " " + relatives).strip().split("\\s+")) {
            if (FAMILIES.containsKey(candidate)) {
                return FAMILIES.get(candidate);
            }
        }
        return name;
    }

    private static Map<String, String> parse(SystemFiles files, String path) {
        Map<String, String> values = new HashMap<>();
        for (String line : files.lines(path)) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.charAt(0) != '#') {
                values.put(
                        line.substring(0, equals).strip(),
                        unquote(line.substring(equals + 1).strip()));
            }
        }
        return values;
    }

    private static String unquote(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\([\\\\\"$`])", "$1") : value;
    }
}
