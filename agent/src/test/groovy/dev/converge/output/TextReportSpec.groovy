package dev.converge.output

import dev.converge.Golden
import dev.converge.model.Content
import dev.converge.provider.Action
import dev.converge.report.Outcome
import dev.converge.report.ResourceReport
import dev.converge.report.RunKind
import spock.lang.Specification

class TextReportSpec extends Specification {
    private static final Style ASCII = new Style(false, false)
    private static final Style COLOR = new Style(true, true)

    private static String told(RunKind kind, List<ResourceReport> reports, Style style, Verbosity verbosity,
            List<ResourceReport> order = reports) {
        def out = new StringBuilder()
        def text = new TextReport(Samples.catalog(reports), Samples.TYPES, { Optional.of(Samples.LINES) },
            new TextReport.Look(style, verbosity), { out.append(it) })
        order.each { text.resourceFinished(it) }
        text.finish(Samples.run(kind, reports))
        out
    }

    def "a run with every outcome reads as in #golden"() {
        expect:
        Golden.matches(golden, told(kind, reports, style, verbosity))

        where:
        golden             | kind            | reports        | style         | verbosity
        'live.txt'         | RunKind.LIVE    | Samples.live() | Style.plain() | Verbosity.NORMAL
        'live-quiet.txt'   | RunKind.LIVE    | Samples.live() | Style.plain() | Verbosity.QUIET
        'live-verbose.txt' | RunKind.LIVE    | Samples.live() | Style.plain() | Verbosity.VERBOSE
        'live-ascii.txt'   | RunKind.LIVE    | Samples.live() | ASCII         | Verbosity.NORMAL
        'live-color.txt'   | RunKind.LIVE    | Samples.live() | COLOR         | Verbosity.NORMAL
        'dry.txt'          | RunKind.DRY_RUN | Samples.dry()  | Style.plain() | Verbosity.NORMAL
    }

    def "the order in which resources end does not show"() {
        given:
        def reports = Samples.live()

        expect:
        told(RunKind.LIVE, reports, Style.plain(), Verbosity.VERBOSE, reports.reverse()) ==
            told(RunKind.LIVE, reports, Style.plain(), Verbosity.VERBOSE)
    }

    def "no form of output shows a secret"() {
        expect:
        !told(RunKind.LIVE, Samples.live(), Style.plain(), Verbosity.VERBOSE).contains('hunter2')
        !new JsonReport(Samples.TYPES, [Samples.PASSWORD]).of(Samples.run(RunKind.LIVE, Samples.live()), 6).toString().contains('hunter2')
    }

    def "a name with a line break stays on its line, and an endless line of a file is cut"() {
        given:
        def odd = Samples.declared('file', '/tmp/a\nb')
        def change = Samples.change(odd, Action.UPDATE, [content: [Content.of('x\n'), Content.of('y' * 5000)]])

        when:
        def lines = told(RunKind.LIVE, [Samples.report(odd, new Outcome.Changed(change, Optional.empty()))], Style.plain(), Verbosity.NORMAL).readLines()

        then:
        lines[0].startsWith('~ file[/tmp/a^Jb] content')
        lines.every { it.length() < 1100 }
        lines.any { it.endsWith('more letters') }
    }

    def "without UTF-8 only ASCII is written"() {
        expect:
        told(RunKind.LIVE, Samples.live(), ASCII, Verbosity.VERBOSE).every { (it as char) < 128 }
    }
}
