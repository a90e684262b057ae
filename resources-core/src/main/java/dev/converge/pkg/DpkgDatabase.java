package dev.converge.pkg;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The packages on a host, read once from {@code /var/lib/dpkg/status}. */
final class DpkgDatabase {
    static final Path STATUS = Path.of("/var/lib/dpkg/status");
    private static final String DPKG = "dpkg";
    private static final int TYPICAL_COUNT = 2048;

    private final Map<String, DpkgEntry> first = new HashMap<>(TYPICAL_COUNT);
    private final Map<String, List<DpkgEntry>> further = new HashMap<>();
    private final String ownArchitecture;

    private DpkgDatabase(byte[] status) {
        new StatusParser(status).forEach(this::add);
        DpkgEntry dpkg = first.get(DPKG);
        ownArchitecture = dpkg == null ? "" : dpkg.architecture();
    }

    static DpkgDatabase of(Host host) throws IOException, InterruptedException {
        return host.database(DpkgDatabase.class, DpkgDatabase::read);
    }

    private static DpkgDatabase read(Host host) throws IOException {
        Path status = host.path(STATUS);
        return new DpkgDatabase(Files.exists(status) ? Files.readAllBytes(status) : new byte[0]);
    }

    private void add(DpkgEntry entry) {
        DpkgEntry other = first.putIfAbsent(entry.name(), entry);
        if (other != null) {
            further.computeIfAbsent(entry.name(), name -> new ArrayList<>(List.of(other)))
                    .add(entry);
        }
    }

    /** As dpkg finds it: a name without an architecture means the host's own, or a package for all of them. */
    Optional<DpkgEntry> find(PkgName name) {
        DpkgEntry only = first.get(name.name());
        if (only == null) {
            return Optional.empty();
        }
        String wanted = name.architecture().orElse(ownArchitecture);
        return further.getOrDefault(name.name(), List.of(only)).stream()
                .filter(entry -> matches(entry, wanted))
                .findFirst();
    }

    private static boolean matches(DpkgEntry entry, String architecture) {
        return entry.architecture().equals(architecture)
                || entry.architecture().equals("all")
                || architecture.isEmpty();
    }

    /** The name without an architecture that goes without saying, as apt prints it. */
    String shortName(PkgName name) {
        return name.architecture().filter(ownArchitecture::equals).isPresent() ? name.name() : name.toString();
    }

    Collection<DpkgEntry> entries() {
        List<DpkgEntry> all = new ArrayList<>(first.values());
        further.values().forEach(several -> all.addAll(several.subList(1, several.size())));
        return all;
    }

    /** The name by which the entry is found: with its architecture only where it has to be told. */
    String nameOf(DpkgEntry entry) {
        boolean own = entry.architecture().equals(ownArchitecture)
                || entry.architecture().equals("all");
        return own ? entry.name() : entry.name() + ":" + entry.architecture();
    }

    static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
