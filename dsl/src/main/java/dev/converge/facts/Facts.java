package dev.converge.facts;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The facts of one host as manifests see them; remembers which ones were asked for. */
public final class Facts {
    /** Those that Converge itself finds out on every host, by their names with dots. */
    public static final List<String> NAMES = List.of(
            "os.family",
            "os.name",
            "os.release",
            "os.codename",
            "os.architecture",
            "os.kernel",
            "hostname",
            "fqdn",
            "cpus",
            "memory",
            "virtual",
            "networking.ip",
            "networking.ip6",
            "networking.mac",
            "networking.domain",
            "networking.interfaces");

    private final FactSource source;
    private final Set<String> used = new ConcurrentSkipListSet<>();

    public Facts(FactSource source) {
        this.source = source;
    }

    /** The operating system. */
    public Os getOs() {
        return new Os(this);
    }

    /** The host's name without its domain. */
    public String getHostname() {
        return text("hostname");
    }

    /** The host's name with its domain; the same as {@code hostname} where there is no domain. */
    public String getFqdn() {
        return text("fqdn");
    }

    /** Number of processors that this host may use. */
    public int getCpus() {
        return ((Number) get("cpus")).intValue();
    }

    /** Memory in bytes. */
    public long getMemory() {
        return ((Number) get("memory")).longValue();
    }

    /** Interfaces and addresses. */
    public Networking getNetworking() {
        return new Networking(this);
    }

    /** What the host runs on: {@code physical}, {@code kvm}, {@code docker}, {@code podman}, {@code lxc} … */
    public String getVirtual() {
        return text("virtual");
    }

    /** A fact by its name with dots, custom ones too; {@code null} when the host does not have it. */
    public Object getAt(String path) {
        used.add(path);
        return source.fact(path).orElse(null);
    }

    /** The names of the facts that were asked for so far, sorted. */
    public Set<String> used() {
        return Collections.unmodifiableSet(used);
    }

    /** What was read so far, by the names that were asked for, sorted; without those that this host does not have. */
    public Map<String, Object> read() {
        Map<String, Object> values = new TreeMap<>();
        for (String path : used) {
            Optional<Object> value = source.fact(path);
            if (value.isPresent()) {
                values.put(path, value.get());
            }
        }
        return values;
    }

    /** All facts as a tree. */
    public Map<String, Object> all() {
        return source.all();
    }

    /** A fact that may be missing. */
    public Optional<Object> find(String path) {
        used.add(path);
        return source.fact(path);
    }

    Object get(String path) {
        return find(path).orElseThrow(() -> new UnknownFactException(path));
    }

    String text(String path) {
        return get(path).toString();
    }

    /** The operating system. */
    public static final class Os {
        private final Facts facts;

        private Os(Facts facts) {
            this.facts = facts;
        }

        /** {@code debian}, {@code redhat}, {@code alpine}, {@code suse} or {@code arch}: who packages alike. */
        public String getFamily() {
            return facts.text("os.family");
        }

        /** {@code ID} of os-release(5), such as {@code ubuntu}. */
        public String getName() {
            return facts.text("os.name");
        }

        /** {@code VERSION_ID} of os-release(5), such as {@code 22.04}. */
        public String getRelease() {
            return facts.text("os.release");
        }

        /** {@code VERSION_CODENAME} of os-release(5), such as {@code bookworm}; empty where there is none. */
        public String getCodename() {
            return facts.text("os.codename");
        }

        /** The machine's architecture as {@code uname -m} says it, such as {@code x86_64}. */
        public String getArchitecture() {
            return facts.text("os.architecture");
        }

        /** The kernel's release as {@code uname -r} says it. */
        public String getKernel() {
            return facts.text("os.kernel");
        }
    }

    /** Interfaces and addresses. */
    public static final class Networking {
        private final Facts facts;

        private Networking(Facts facts) {
            this.facts = facts;
        }

        /** The first IPv4 address that is not a loopback one; empty text when there is none. */
        public String getIp() {
            return facts.text("networking.ip");
        }

        /** The first global IPv6 address; empty text when there is none. */
        public String getIp6() {
            return facts.text("networking.ip6");
        }

        /** The hardware address of the interface that has {@code ip}; empty text when there is none. */
        public String getMac() {
            return facts.text("networking.mac");
        }

        /** The host's domain; empty text when there is none. */
        public String getDomain() {
            return facts.text("networking.domain");
        }

        /** Interface name to {@code [ip: …, ip6: …, mac: …]}. */
        @SuppressWarnings("unchecked")
        public Map<String, Map<String, String>> getInterfaces() {
            return (Map<String, Map<String, String>>) facts.get("networking.interfaces");
        }
    }
}
