package dev.converge.output

import dev.converge.model.Content
import dev.converge.model.Mode
import dev.converge.provider.Action
import dev.converge.provider.FileEdit
import dev.converge.provider.Refresh
import dev.converge.report.Outcome
import dev.converge.report.Report
import dev.converge.report.RunKind
import dev.converge.schema.JsonText
import dev.converge.report.ResourceReport
import java.nio.file.Path
import java.time.Duration
import java.time.ZonedDateTime
import spock.lang.Specification
import tools.jackson.databind.json.JsonMapper

/** A kept report is told by the same words as the run. */
class KeptReportSpec extends Specification {
    private static String json(Report report) {
        def bytes = new ByteArrayOutputStream()
        JsonText.write(new JsonReport(Samples.TYPES, [Samples.PASSWORD]).of(report, 6), bytes)
        bytes.toString('UTF-8')
    }

    private static String text(Report report, Verbosity verbosity) {
        def out = new StringBuilder()
        def told = new TextReport(Samples.catalog(report.resources()), Samples.TYPES, { Optional.empty() },
            new TextReport.Look(Style.plain(), verbosity), { out.append(it) })
        report.resources().each { told.resourceFinished(it) }
        told.finish(report)
        out
    }

    private static Report more() {
        def edited = Samples.declared('file', '/etc/edited')
        def edit = new FileEdit(Path.of('/etc/x'), Optional.of(Content.of('a\nb\n')), Optional.of(Content.of('a\nc\n')))
        def recreated = Samples.declared('file', '/etc/recreated')
        def skipped = Samples.declared('notice', 'not refreshed')
        def strange = Samples.declared('file', '/etc/a[b]\n]')
        def hidden = Samples.declared('file', '/etc/hidden')
        def window = Optional.of(new Outcome.Hold.Window(ZonedDateTime.parse('2026-02-01T02:00:00+01:00[Europe/Berlin]')))
        def waiting = Samples.declared('file', '/etc/waiting')
        Samples.run(RunKind.LIVE, [
            Samples.report(waiting, new Outcome.Pending(Samples.change(waiting, Action.UPDATE, [owner: ['a', 'root']]),
                Optional.empty(), Optional.of(Refresh.done()), window)),
            Samples.report(Samples.declared('notice', 'waits'), new Outcome.PendingRefresh(window)),
            Samples.report(Samples.declared('notice', 'behind'), new Outcome.PendingRefresh(Optional.of(new Outcome.Hold.Behind(waiting.id())))),
            new ResourceReport(Samples.declared('notice', 'tried'), new Outcome.Refreshed(), Duration.ZERO, Duration.ofMillis(7), Optional.empty(), [],
                ['It is locked.', 'It is still locked:\nby apt']),
            Samples.report(Samples.declared('notice', 'late'), new Outcome.Skipped(new Outcome.Because.TimeLimit())),
            Samples.report(edited, new Outcome.Changed(Samples.change(edited, Action.UPDATE,
                [content: [Content.of('b\n'), Content.of('c\n')]]).with([edit]), Optional.of(Refresh.skipped('it is not running')))),
            Samples.report(recreated, new Outcome.Changed(Samples.change(recreated, Action.UPDATE,
                [owner: ['a', 'root'], mode: [Mode.parse('0600'), Mode.parse('0644')]]), Optional.empty())),
            Samples.report(skipped, new Outcome.NotRefreshed('it is not running')),
            Samples.report(strange, new Outcome.Changed(Samples.change(strange, Action.CREATE, [content: [null, Content.of('')]]), Optional.empty())),
            Samples.report(hidden, new Outcome.Changed(Samples.change(hidden, Action.UPDATE,
                [owner: ['a', 'b'], content: [Content.of('old').hidden(), Content.of('new').hidden()]]), Optional.empty())),
        ])
    }

    def "a #what reads the same when it is shown later"() {
        given:
        def document = json(report)
        def kept = KeptReport.of(JsonMapper.shared().readValue(document, Map))

        expect:
        Verbosity.values().each { assert text(kept, it) == text(report, it) }
        json(kept) == document
        kept.counts() == report.counts()

        where:
        what                       | report
        'live run'                 | Samples.run(RunKind.LIVE, Samples.live())
        'dry run'                  | Samples.run(RunKind.DRY_RUN, Samples.dry())
        'run with all other things'| more()
    }

    def "what is no report is refused: #document"() {
        when:
        KeptReport.of(document)

        then:
        thrown(IllegalArgumentException)

        where:
        document << [
            [:],
            [schema: 'converge.report/9'],
            [schema: 'converge.report/1', run: 'r', host: 'h', started: 'yesterday'],
            [schema: 'converge.report/1', run: 'r', host: 'h', started: '2026-01-31T23:59:59Z', resources: [[id: 'x', outcome: 'odd']]],
        ]
    }
}
