package dev.converge.plan

import dev.converge.model.Catalog
import dev.converge.report.Origin
import dev.converge.report.Report
import dev.converge.report.Run
import dev.converge.report.RunKind
import dev.converge.schema.TypeRegistry
import dev.converge.state.StateDirectory
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

/** A plan holds for the facts that its manifest read, whatever else is known of the host. */
class ReviewedPlanSpec extends Specification {
    private static final Run RUN = new Run('20260101T000000.000Z-1', 'web-1.example.com', Instant.EPOCH)
    private static final Origin ORIGIN = new Origin(Optional.of('0123456789abcdef'), Optional.of(false), 'a', 'b', Optional.empty())
    private static final Catalog NOTHING = Catalog.of([], [], [], []).value().get()

    @TempDir
    Path folder

    def "facts that were #then and are #now: #told"() {
        given:
        def store = new PlanStore(new StateDirectory(folder.resolve('state')), TypeRegistry.of(getClass().classLoader))
        def file = folder.resolve('plan.json')
        store.save(file, new Basis(RUN, folder, [] as Set, ORIGIN, then), NOTHING, Report.of(RUN, RunKind.DRY_RUN, false, Duration.ZERO, []))

        when:
        def plan = store.open(file, 'web-1.example.com').value().get()

        then:
        plan.mismatches(NOTHING, now, ORIGIN)*.detail() == told
        plan.moves(Report.of(RUN, RunKind.DRY_RUN, false, Duration.ZERO, []), NOTHING) == []

        where:
        then                                     | now                                     || told
        [:]                                      | [:]                                     || []
        [cpus: 4, memory: 1L << 40]              | [cpus: 4, memory: 1L << 40]             || []
        [load: 0.50G, tiny: 1.0E-10d]            | [load: 0.50G, tiny: 1.0E-10d]           || []
        [disks: ['a', [size: 1]], on: true]      | [disks: ['a', [size: 1]], on: true]     || []
        [cpus: 4]                                | [cpus: 8]                               || ['The fact cpus was "4", and is "8".']
        ['os.release': '12']                     | ['os.release': '13', extra: 'x']        || ['The fact extra was not read, and is "x".', 'The fact os.release was "12", and is "13".']
        [disks: ['a']]                           | [disks: ['a', 'b']]                     || ['The fact disks was "[a]", and is "[a, b]".']
        [on: true]                               | [:]                                     || ['The fact on was "true", and is not read.']
    }
}
