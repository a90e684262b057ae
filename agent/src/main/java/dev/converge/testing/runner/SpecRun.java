package dev.converge.testing.runner;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.testing.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.spockframework.runtime.SpockEngine;

/** Runs all specs of a module, or of a folder with manifests. */
public final class SpecRun {
    private final TestRun run;
    private final Consumer<TestResult> told;

    /** @param told hears of each test as soon as it has ended */
    public SpecRun(TestRun run, Consumer<TestResult> told) {
        this.run = run;
        this.told = told;
    }

    /** What came of them; errors when there are none, or when they do not compile. */
    public Checked<TestReport> report() throws IOException, InterruptedException {
        SpecCompiler compiler = new SpecCompiler(run.home());
        List<Path> sources = compiler.sources();
        if (sources.stream().noneMatch(SpecCompiler::isSpec)) {
            return Checked.failed(
                    Diagnostic.error(Code.USAGE, "No specs", "There is no test/*Spec.groovy in " + run.home() + ".")
                            .suggest("Write one: class NginxSpec extends dev.converge.testing.ManifestSpec { … }"));
        }
        Path classes = Files.createTempDirectory("converge-specs");
        try {
            Checked<List<Class<?>>> specs = compiler.compile(sources, classes);
            return specs.isOk()
                    ? Checked.of(report(specs.value().orElseThrow(), new Recorder(told, shown(sources))))
                    : Checked.failed(specs.diagnostics());
        } finally {
            remove(classes);
        }
    }

    private Map<String, String> shown(List<Path> sources) {
        Map<String, String> shown = new HashMap<>();
        sources.forEach(file -> shown.put(
                file.getFileName().toString(), run.home().relativize(file).toString()));
        return shown;
    }

    private TestReport report(List<Class<?>> specs, Recorder recorder) throws InterruptedException {
        Instant started = Instant.now();
        long begun = System.nanoTime();
        try {
            run.during(() -> {
                execute(specs, recorder);
                return recorder;
            });
        } catch (RuntimeException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new TestReport(started, Duration.ofNanos(System.nanoTime() - begun), recorder.results(), run.coverage());
    }

    /** Spock's engine alone, and none of the listeners that a class path may bring. */
    private static void execute(List<Class<?>> specs, Recorder recorder) {
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(new SpockEngine())
                .build());
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(specs.stream()
                                .map(DiscoverySelectors::selectClass)
                                .toList())
                        .build(),
                recorder);
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
