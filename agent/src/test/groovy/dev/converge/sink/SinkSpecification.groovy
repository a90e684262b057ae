package dev.converge.sink

import dev.converge.diagnostic.Diagnostic
import dev.converge.output.Samples
import dev.converge.report.Outcome
import dev.converge.report.Report
import dev.converge.report.ResourceReport
import dev.converge.report.Run
import dev.converge.report.RunKind
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** What specs of sinks share. */
@Timeout(120)
abstract class SinkSpecification extends Specification {
    static final SinkSettings.Tls OPEN = new SinkSettings.Tls(Optional.empty(), Optional.empty(), Optional.empty())
    static final Backoff SOON = new Backoff(Duration.ofMillis(2), Duration.ofMillis(40))

    final PollingConditions soon = new PollingConditions(timeout: 20, delay: 0.01)
    final Said said = new Said()

    @TempDir
    Path folder

    @AutoCleanup
    Sinks sinks

    static final class Said implements SinkLog {
        final List<String> all = new CopyOnWriteArrayList<>()

        @Override
        void say(String sink, Diagnostic problem) {
            all << "$sink: $problem.summary: $problem.detail".toString()
        }

        @Override
        void better(String sink) {
            all << "$sink: works".toString()
        }
    }

    Sinks open(SinkSettings... settings) {
        sinks = Sinks.open(settings as List, folder.resolve('state'), Samples.TYPES, Duration.ofHours(1), said, SOON)
    }

    List<Path> files(String part) {
        Files.walk(folder).withCloseable { it.filter { file -> Files.isRegularFile(file) && file.toString().contains(part) }.toList() }
    }

    static SinkSettings.HttpSink http(URI url, Map more = [:]) {
        new SinkSettings.HttpSink(url, Optional.ofNullable(more.token), more.tls ?: OPEN, more.limit ?: Duration.ofSeconds(20),
            more.bytes ?: (1L << 20), more.age ?: Duration.ofDays(7))
    }

    static String id(int number) {
        "20260131T235959.${String.format('%03d', number)}Z-4711"
    }

    static SentReport sent(int number, List<ResourceReport> reports, Map more = [:]) {
        def run = new Run(id(number), 'web-1', Instant.parse('2026-01-31T23:59:59Z').plusMillis(number))
        def interrupted = false
        def report = Report.of(run, RunKind.LIVE, interrupted, Duration.ofMillis(5), reports)
        new SentReport(run, more.refused ? Optional.empty() : Optional.of(report), [Samples.PASSWORD], occasion(more), more.problems ?: [])
    }

    static Occasion occasion(Map more = [:]) {
        new Occasion(more.trigger ?: 'interval', 'production', Optional.of('4f' * 20), Optional.of('alice@example.com'),
            Optional.ofNullable(more.noticed), more.whole == null || more.whole)
    }

    /** A run with something to tell of. */
    static SentReport news(int number) {
        sent(number, [Samples.report(Samples.declared('notice', 'service'), new Outcome.Changed(change('notice', 'service'), Optional.empty()))])
    }

    static change(String type, String name) {
        Samples.change(Samples.declared(type, name), dev.converge.provider.Action.CREATE, [:])
    }

    static SentReport quiet(int number) {
        sent(number, [Samples.report(Samples.declared('notice', 'same'), new Outcome.InSync(Optional.empty()))])
    }

    static List<String> runs(Collector collector) {
        collector.taken().findAll { it.id.endsWith('/report') }*.id.collect { it.tokenize('/')[1] }
    }
}
