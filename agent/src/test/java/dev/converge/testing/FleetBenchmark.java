package dev.converge.testing;

import com.sun.management.OperatingSystemMXBean;
import dev.converge.diagnostic.Checked;
import dev.converge.facts.Facts;
import dev.converge.facts.FixedFacts;
import dev.converge.language.ManifestCompiler;
import dev.converge.language.Site;
import dev.converge.model.Catalog;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What compiling a site for a whole fleet costs, as one process that stays does it: from the folder to the catalog's
 * JSON, for each host anew. Arguments: a site whose hosts have a fact {@code role} that names one of its
 * {@code roles/*.groovy}, how many hosts, threads and rounds, and a
 * folder for compiled manifests. Start it in a fresh JVM: the first round is cold, with a new folder
 * wholly so.
 */
public final class FleetBenchmark {
    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final TypeRegistry types = TypeRegistry.of(FleetBenchmark.class.getClassLoader());
    private final ManifestCompiler compiler;
    private final Site site;
    private final List<FixedFacts> hosts;
    private final int threads;

    private FleetBenchmark(Site site, List<FixedFacts> hosts, int threads, Path cache) {
        this.compiler = new ManifestCompiler(types, Optional.of(cache));
        this.site = site;
        this.hosts = hosts;
        this.threads = threads;
    }

    public static void main(String[] args) throws Exception {
        Path place = Path.of(args[0]);
        List<FixedFacts> hosts = hosts(place, Integer.parseInt(args[1]));
        Site site = Site.open(place).value().orElseThrow();
        FleetBenchmark benchmark = new FleetBenchmark(site, hosts, Integer.parseInt(args[2]), Path.of(args[4]));
        for (int round = 1; round <= Integer.parseInt(args[3]); round++) {
            benchmark.round(round);
        }
    }

    /** Roles and systems in turn, so that each meets each. */
    private static List<FixedFacts> hosts(Path place, int count) throws IOException {
        List<String> roles = roles(place);
        List<FixedFacts> hosts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String role = roles.get(number % roles.size());
            String system = FactSets.SHIPPED.get(number % FactSets.SHIPPED.size());
            String name = role + "-" + (1000 + number);
            hosts.add(FactSets.with(
                    FactSets.named(system, place),
                    Map.of("role", role, "hostname", name, "fqdn", name + ".example.com", "cpus", 1 + number % 16)));
        }
        return hosts;
    }

    private static List<String> roles(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place.resolve("roles"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.groovy$", ""))
                    .filter(role -> !role.contains("-"))
                    .sorted()
                    .toList();
        }
    }

    private void round(int number) throws Exception {
        AtomicInteger next = new AtomicInteger();
        Callable<Long> work = () -> {
            long resources = 0;
            for (int host = next.getAndIncrement(); host < hosts.size(); host = next.getAndIncrement()) {
                resources += compile(hosts.get(host));
            }
            return resources;
        };
        long cpu = CPU.getProcessCpuTime();
        long start = System.nanoTime();
        long resources = 0;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (Future<Long> done : pool.invokeAll(Collections.nCopies(threads, work))) {
            resources += done.get();
        }
        pool.shutdown();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuMillis = (CPU.getProcessCpuTime() - cpu) / 1e6 / hosts.size();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        int classes = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        System.out.printf(
                Locale.ROOT,
                "round %2d: %6.2f s, %6.0f hosts/s, %5.2f ms CPU a host, %d resources a host; after GC %d MiB heap, %d classes%n",
                number,
                seconds,
                hosts.size() / seconds,
                cpuMillis,
                resources / hosts.size(),
                heap,
                classes);
    }

    private int compile(FixedFacts facts) {
        Checked<Catalog> catalog = compiler.compile(site, new Facts(facts));
        if (!catalog.isOk()) {
            throw new IllegalStateException(catalog.diagnostics().toString());
        }
        Catalog value = catalog.value().orElseThrow();
        JsonText.write(CatalogJson.of(value, types), OutputStream.nullOutputStream());
        return value.resources().size();
    }
}
