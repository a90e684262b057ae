package dev.converge.converger

import dev.converge.diagnostic.SourceRange
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.model.Durations
import dev.converge.model.Edge
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.Reason
import dev.converge.model.ResourceId
import dev.converge.model.Secret
import dev.converge.model.TurnRules
import dev.converge.model.Window
import dev.converge.provider.ResourceFailure
import dev.converge.report.Outcome
import dev.converge.report.Report
import dev.converge.report.ResourceReport
import dev.converge.report.Run
import java.time.Duration
import java.time.Instant
import java.time.InstantSource
import spock.lang.Specification
import spock.lang.Timeout

/**
 * Runs over probes. A graph is a text: {@code a b c > d ~ e} declares five, of which d comes after c, and is notified by
 * it when the sign is {@code ~}; a name with a dash at its end shall be absent, one in capitals is of the type that
 * changes its resources together.
 */
@Timeout(60)
abstract class ProbeSpecification extends Specification {
    static final Run RUN = new Run('20260101T000000.000Z-1', 'probe.example', Instant.EPOCH)

    World world = new World()
    RunListener listener = RunListener.silent()
    List<Secret> secrets = []

    /** Names of resources in no-op, and those that say that they are not. */
    Map<String, Boolean> noop = [:]

    Map<String, List<String>> tags = [:]

    /** What the manifest says of the turns of some, such as {@code [timeout: '1s', window: 'Sat 02:00-04:00 UTC']}. */
    Map<String, Map<String, ?>> rules = [:]

    /** A Saturday, three in the morning. */
    InstantSource clock = InstantSource.fixed(Instant.parse('2026-01-31T03:00:00Z'))

    Catalog catalog(String graph) {
        Map<String, Declared<?>> declared = [:]
        List<Edge> edges = []
        String before = null
        Edge.Kind kind = null
        graph.split(/\s+/).each { word ->
            if (word in ['>', '~']) {
                kind = word == '>' ? Edge.Kind.ORDER : Edge.Kind.NOTIFY
                return
            }
            String name = word - '-'
            declared.computeIfAbsent(name) { declare(name, word.endsWith('-') ? Ensure.ABSENT : Ensure.PRESENT) }
            if (kind != null) {
                def why = new Reason.Written('requires', SourceRange.point('site.groovy', 1, 1))
                edges << new Edge(declared[before].id(), declared[name].id(), kind, why)
            }
            before = name
            kind = null
        }
        Catalog.of(declared.values() as List, edges, [], secrets).value().get()
    }

    private Declared<Probe> declare(String name, Ensure ensure) {
        String type = name == name.toUpperCase() ? 'probes' : 'probe'
        def policy = new Policy(new TreeSet<>(tags[name] ?: []), rules(name))
        def at = SourceRange.point('site.groovy', 1, 1)
        new Declared<>(new ResourceId(type, name), new Probe(name, Optional.of('wanted')), ensure, at, policy)
    }

    private TurnRules rules(String name) {
        def said = rules[name] ?: [:]
        new TurnRules(
            Optional.ofNullable(noop[name]),
            Optional.ofNullable(said.timeout).map { Durations.parse(it) },
            Optional.ofNullable(said.retries),
            Optional.ofNullable(said.retryDelay).map { Durations.parse(it) },
            [said.window].findAll().collect { Window.parse(it) },
            Optional.empty())
    }

    Converger converger(Applier applier, RunOptions options = RunOptions.jobs(1)) {
        new Converger(ProbeTypes.registry(), world, applier, options, new Timing(clock, Duration.ofMillis(300)))
    }

    Report converge(String graph, Applier applier = Applier.live(), RunOptions options = RunOptions.jobs(1)) {
        converger(applier, options).converge(RUN, catalog(graph), listener)
    }

    /** Everything in sync but the names given. */
    void drift(String graph, String names) {
        graph.split(/\s+/).findAll { !(it in ['>', '~']) }.each {
            world.values[it - '-'] = it.endsWith('-') ? 'still there' : 'wanted'
        }
        words(names).each { world.values.remove(it) }
    }

    /** @param steps such as {@code apply:a check:b} */
    void fail(String steps) {
        words(steps).each { step ->
            world.events[step.replace(':', ' ')] = { throw new ResourceFailure("$step failed") }
        }
    }

    static List<String> words(String text) {
        text.split(/\s+/).findAll() as List
    }

    static String text(Report report) {
        report.resources().collect { "${it.declared().id().name()}:${text(it.outcome())}" }.join(' ')
    }

    static String text(Outcome outcome) {
        switch (outcome) {
            case Outcome.InSync -> 'ok'
            case Outcome.Changed -> outcome.refresh().filter { it.done }.isPresent() ? 'changed+refreshed' : 'changed'
            case Outcome.Refreshed -> 'refreshed'
            case Outcome.NotRefreshed -> "not-refreshed(${outcome.because()})"
            case Outcome.Pending -> 'pending' + (outcome.refresh().filter { it.done }.isPresent() ? '+refresh' : '') +
                outcome.once().map { "(${it.name()})".toString() }.orElse('') + hold(outcome.hold())
            case Outcome.PendingRefresh -> 'pending-refresh' + hold(outcome.hold())
            case Outcome.Failed -> 'failed'
            case Outcome.Skipped -> "skipped(${because(outcome.because())})"
            default -> throw new IllegalArgumentException("no text for $outcome")
        }
    }

    private static String hold(Optional<Outcome.Hold> hold) {
        hold.map { it instanceof Outcome.Hold.Window ? '[window]' : "[${it.id().name()}]".toString() }.orElse('')
    }

    private static String because(Outcome.Because because) {
        switch (because) {
            case Outcome.Because.DependencyFailed -> because.id().name()
            case Outcome.Because.NotTagged -> 'tags'
            case Outcome.Because.TimeLimit -> 'time'
            default -> 'stop'
        }
    }

    static ResourceReport of(Report report, String name) {
        report.resources().find { it.declared().id().name() == name }
    }
}
