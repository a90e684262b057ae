package dev.converge.state

import dev.converge.diagnostic.SourceRange
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import dev.converge.report.Outcome
import dev.converge.report.Report
import dev.converge.report.ResourceReport
import dev.converge.report.Run
import dev.converge.report.RunKind
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper

/** What a run leaves behind for monitoring and for whoever asks later. */
class ReportStoreSpec extends Specification {
    @TempDir
    Path folder

    StateDirectory state
    ReportStore store

    def setup() {
        state = new StateDirectory(folder.resolve('state'))
        store = new ReportStore(state, { report, out -> out.write("report of ${report.run().id()}".bytes) })
    }

    private static Report report(Outcome outcome, RunKind kind = RunKind.LIVE, String id = 'r1') {
        def declared = new Declared<>(new ResourceId('probe', 'a'), new Resource() {}, Ensure.PRESENT,
            SourceRange.point('site.groovy', 1, 1), Policy.none())
        Report.of(new Run(id, 'web-"1"', Instant.ofEpochSecond(1000)), kind, false, Duration.ofMillis(5),
            [new ResourceReport(declared, outcome, Duration.ZERO, Duration.ZERO)])
    }

    private static Outcome inSync() {
        new Outcome.InSync(Optional.empty())
    }

    def "a run in sync leaves its numbers only"() {
        when:
        store.keep(report(inSync()))

        then:
        Files.list(state.path()).withCloseable { it.toList() }*.fileName*.toString() == ['last-run.json']
        def numbers = JsonMapper.shared().readValue(state.lastRun().toFile(), Map)
        numbers.subMap(['schema', 'run', 'host', 'started', 'exit', 'interrupted', 'inSync', 'failed']) == [
            schema: 'converge.last-run/1', run: 'r1', host: 'web-?1?', started: 1000, exit: 0, interrupted: false,
            inSync: 1, failed: 0]
    }

    def "a run that was not in sync leaves its whole report too"() {
        when:
        store.keep(report(new Outcome.Refreshed()))

        then:
        Files.readString(state.reports().resolve('r1.json')) == 'report of r1'
        JsonMapper.shared().readValue(state.lastRun().toFile(), Map).changed == 1
    }

    def "a dry run leaves nothing"() {
        when:
        store.keep(report(new Outcome.PendingRefresh(), RunKind.DRY_RUN))

        then:
        !Files.exists(state.path())
    }

    def "the latest fifty are kept"() {
        when:
        (100..160).each { store.keep(report(new Outcome.Refreshed(), RunKind.LIVE, "run-$it")) }

        then:
        Files.list(state.reports()).withCloseable { it.toList() }*.fileName*.toString().sort() ==
            (111..160).collect { "run-${it}.json".toString() }
    }

    def "large ones go sooner, but the last one stays"() {
        given:
        store = new ReportStore(state, { report, out -> out.write(new byte[megabytes << 20]) })

        when:
        (1..4).each { store.keep(report(new Outcome.Refreshed(), RunKind.LIVE, "run-$it")) }

        then:
        Files.list(state.reports()).withCloseable { it.toList() }*.fileName*.toString().sort() == kept

        where:
        megabytes || kept
        30        || ['run-3.json', 'run-4.json']
        70        || ['run-4.json']
    }

    def "the latest report of a failed run outlives all others: it is #kept of #exits"() {
        given:
        def left = exits.iterator()
        store = new ReportStore(state, { report, out -> out.write("{\n  \"exit\": ${left.next()},\n  \"counts\": {}\n}\n".bytes) })

        when:
        exits.indices.each { store.keep(report(new Outcome.Refreshed(), RunKind.LIVE, "run-${100 + it}")) }
        def names = Files.list(state.reports()).withCloseable { it.toList() }*.fileName*.toString().sort()

        then:
        names[0] == kept
        names.size() == count

        where:
        exits                         || kept           | count
        [4] + [2] * 60                || 'run-100.json' | 51
        [4, 6] + [2] * 60             || 'run-101.json' | 51
        [4] + [2] * 59 + [4]          || 'run-111.json' | 50
        [2] * 60                      || 'run-110.json' | 50
    }
}
