package dev.converge.watch;

import dev.converge.converger.RunListener;
import dev.converge.converger.RunOptions;
import dev.converge.diagnostic.Checked;
import dev.converge.facts.Facts;
import dev.converge.facts.FixedFacts;
import dev.converge.host.LocalCommands;
import dev.converge.host.LocalHost;
import dev.converge.language.ManifestCompiler;
import dev.converge.language.Site;
import dev.converge.language.SiteInputs;
import dev.converge.memory.SiteIdentity;
import dev.converge.model.Catalog;
import dev.converge.model.ResourceId;
import dev.converge.report.Ingredients;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.schema.TypeRegistry;
import dev.converge.session.Session;
import dev.converge.session.Settings;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a write costs from the moment it is made until it is put right, among a thousand watched files in fifty folders,
 * as the agent does it: watch, look at what has moved, correct it, keep the report. Four kinds of programs write in turn.
 * Arguments: an empty folder, which everything is made in, and how many edits.
 */
public final class DriftBenchmark {
    private static final int FOLDERS = 50;
    private static final int FILES = 20;

    /** Each says when it begins, in nanoseconds since 1970, and then writes. */
    private static final Map<String, String> WRITERS = new LinkedHashMap<>();

    static {
        WRITERS.put("shell", "date +%s%N; echo by a shell > \"$1\"");
        WRITERS.put("editor", "t=${1%/*}/.4913.swp; echo by an editor > \"$t\"; date +%s%N; mv -f \"$t\" \"$1\"");
        WRITERS.put(
                "package",
                "echo by a package > \"$1.dpkg-new\"; date +%s%N; ln -f \"$1\" \"$1.dpkg-tmp\"; "
                        + "mv -f \"$1.dpkg-new\" \"$1\"; rm -f \"$1.dpkg-tmp\"");
        WRITERS.put("cron", "date +%s%N; date >> \"$1\"; chmod 0666 \"$1\"");
    }

    private final Path folder;
    private final TypeRegistry types = TypeRegistry.of(DriftBenchmark.class.getClassLoader());
    private final LocalCommands commands = new LocalCommands(Path.of("/"));
    private final LinkedBlockingQueue<Restored> restored = new LinkedBlockingQueue<>();
    private Settings settings;
    private SiteIdentity identity;
    private Ingredients from;
    private Catalog catalog;

    private DriftBenchmark(Path folder) {
        this.folder = folder;
    }

    /** When it was noticed, when it was as it should be, and when that was reported; nanoseconds since 1970. */
    private record Restored(String path, long noticed, long right, long reported) {}

    private record Edit(String by, double noticed, double right, double reported) {}

    public static void main(String[] args) throws Exception {
        DriftBenchmark benchmark = new DriftBenchmark(Path.of(args[0]).toAbsolutePath());
        benchmark.prepare();
        benchmark.measure(Integer.parseInt(args[1]));
    }

    private void prepare() throws Exception {
        Path place = Files.createDirectories(folder.resolve("site"));
        Files.writeString(place.resolve("site.groovy"), """
                for (int d = 0; d < %d; d++) {
                    directory "%s/files/$d"
                    for (int f = 0; f < %d; f++) {
                        file("%s/files/$d/${f}.conf") {
                            content "number $f in folder $d, as it is declared\\n"
                            mode '0644'
                        }
                    }
                }
                """.formatted(FOLDERS, folder, FILES, folder));
        Files.createDirectories(folder.resolve("files"));
        Site site = Site.open(place).value().orElseThrow();
        Facts facts = new Facts(new FixedFacts(Map.of()));
        from = new Ingredients(site, new SiteInputs(), facts);
        Checked<Catalog> compiled = new ManifestCompiler(types, Optional.empty()).compile(site, facts, from.inputs());
        catalog = compiled.value().orElseThrow(() -> new IllegalStateException("" + compiled.diagnostics()));
        identity = SiteIdentity.of(from, RunKind.LIVE);
        settings = new Settings(
                types,
                Path.of("/"),
                commands,
                new StateDirectory(folder.resolve("state")),
                RunKind.LIVE,
                RunOptions.jobs(2),
                "benchmark");
        run(Optional.empty());
    }

    private Report run(Optional<Set<ResourceId>> only) throws IOException {
        RunOptions options = only.map(settings.options()::only).orElse(settings.options());
        Settings now = new Settings(
                types, settings.root(), commands, settings.state(), RunKind.LIVE, options, settings.command());
        try (Session session = Session.open(now, Run.begin("benchmark")).value().orElseThrow()) {
            session.remember(identity);
            Report walked = session.converge(catalog, RunListener.silent());
            long right = now();
            Report report = session.keep(catalog, walked, from::origin);
            long reported = now();
            for (ResourceReport resource : report.resources()) {
                if (resource.outcome() instanceof Outcome.Changed) {
                    restored.add(new Restored(resource.declared().id().name(), noticed, right, reported));
                }
            }
            return report;
        }
    }

    private volatile long noticed;

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    private void measure(int edits) throws Exception {
        LocalHost host = new LocalHost(Path.of("/"), commands, path -> {});
        try (DriftWatch watch = new DriftWatch(types, host, WatchSettings.USUAL)) {
            long began = System.nanoTime();
            System.out.println(watch.watch(catalog));
            System.out.printf(Locale.ROOT, "watching took %.0f ms%n", (System.nanoTime() - began) / 1e6);
            Thread agent = new Thread(() -> serve(watch), "agent");
            agent.setDaemon(true);
            agent.start();
            edits(40);
            List<Edit> measured = edits(edits);
            WRITERS.keySet()
                    .forEach(by -> print(
                            by,
                            measured.stream()
                                    .filter(edit -> edit.by().equals(by))
                                    .toList()));
            print("all", measured);
            looks();
        }
    }

    private void serve(DriftWatch watch) {
        try {
            while (true) {
                Moved moved = watch.await(Duration.ofMinutes(1));
                if (!moved.isEmpty()) {
                    noticed = moved.first()
                            .map(at -> at.getEpochSecond() * 1_000_000_000L + at.getNano())
                            .orElse(0L);
                    watch.settle(run(moved.everything() ? Optional.empty() : Optional.of(moved.ids())));
                }
            }
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Edit> edits(int count) throws Exception {
        Random random = new Random(42);
        List<String> kinds = List.copyOf(WRITERS.keySet());
        List<Edit> edits = new ArrayList<>();
        restored.clear();
        for (int i = 0; i < count; i++) {
            String by = kinds.get(i % kinds.size());
            int number = (i * 7 + random.nextInt(5)) % (FOLDERS * FILES);
            Path file = folder.resolve("files/" + number / FILES + "/" + number % FILES + ".conf");
            Process process = new ProcessBuilder("sh", "-c", WRITERS.get(by), "sh", file.toString()).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            long written = Long.parseLong(said);
            Restored put = restored.poll(10, TimeUnit.SECONDS);
            if (put == null || !put.path().equals(file.toString())) {
                throw new IllegalStateException("edit " + i + " by " + by + " of " + file + ": " + put);
            }
            edits.add(new Edit(
                    by,
                    (put.noticed() - written) / 1e6,
                    (put.right() - written) / 1e6,
                    (put.reported() - written) / 1e6));
            TimeUnit.MILLISECONDS.sleep(150 + random.nextInt(50));
        }
        return edits;
    }

    private static void print(String by, List<Edit> edits) {
        System.out.printf(
                Locale.ROOT,
                "%-8s %3d edits: noticed %5.1f / %5.1f ms, restored %5.1f / %5.1f ms, reported %5.1f / %5.1f ms (median / p99)%n",
                by,
                edits.size(),
                percentile(edits.stream().mapToDouble(Edit::noticed).toArray(), 0.5),
                percentile(edits.stream().mapToDouble(Edit::noticed).toArray(), 0.99),
                percentile(edits.stream().mapToDouble(Edit::right).toArray(), 0.5),
                percentile(edits.stream().mapToDouble(Edit::right).toArray(), 0.99),
                percentile(edits.stream().mapToDouble(Edit::reported).toArray(), 0.5),
                percentile(edits.stream().mapToDouble(Edit::reported).toArray(), 0.99));
    }

    private static double percentile(double[] values, double part) {
        Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, Math.ceil(values.length * part) - 1)];
    }

    /** One resource that is in sync, and all of them. */
    private void looks() throws IOException {
        double[] one = new double[200];
        for (int i = 0; i < one.length; i++) {
            long start = System.nanoTime();
            run(Optional.of(Set.of(catalog.resources().get(500 + i).id())));
            one[i] = (System.nanoTime() - start) / 1e6;
        }
        double[] all = new double[20];
        for (int i = 0; i < all.length; i++) {
            long start = System.nanoTime();
            run(Optional.empty());
            all[i] = (System.nanoTime() - start) / 1e6;
        }
        System.out.printf(
                Locale.ROOT,
                "a look at one of %d: %.1f ms; at all: %.1f ms (median)%n",
                catalog.resources().size(),
                percentile(one, 0.5),
                percentile(all, 0.5));
    }
}
