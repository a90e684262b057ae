package dev.converge.output

import dev.converge.Golden
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.provider.Action
import dev.converge.report.Outcome
import dev.converge.report.RunKind
import java.time.Instant
import spock.lang.Specification

import static dev.converge.JUnitXml.select
import static dev.converge.JUnitXml.validate

class JUnitReportSpec extends Specification {
    private static String document(RunKind kind, List reports) {
        new JUnitReport(Samples.TYPES, [Samples.PASSWORD]).of(Samples.run(kind, reports))
    }

    def "a run with every outcome reads as in #golden"() {
        given:
        def document = document(kind, reports)

        expect:
        Golden.matches(golden, document)
        validate(document)
        select(document, '/testsuites/testsuite/@tests') == "${reports.size()}"
        [failures: 'failure', errors: 'error', skipped: 'skipped'].each { attribute, element ->
            assert select(document, "/testsuites/testsuite/@$attribute") == select(document, "count(//$element)")
        }
        !document.contains('hunter2')

        where:
        golden          | kind            | reports
        'live-junit.xml'| RunKind.LIVE    | Samples.live()
        'dry-junit.xml' | RunKind.DRY_RUN | Samples.dry()
    }

    def "a #outcome of a #kind is #element"() {
        given:
        def one = Samples.declared('file', '/x')
        def change = Samples.change(one, Action.UPDATE, [owner: ['a', 'b']])
        def outcomes = [
            pending: new Outcome.Pending(change, Optional.empty(), Optional.empty()),
            'pending refresh': new Outcome.PendingRefresh(),
            bug: new Outcome.Failed(Diagnostic.error(Code.BUG, 'Bug', 'Oops.'), Optional.empty(), Optional.of('trace')),
            failure: new Outcome.Failed(Diagnostic.error(Code.RESOURCE_FAILED, 'Failed', 'No.'), Optional.empty(), Optional.empty()),
            change: new Outcome.Changed(change, Optional.empty()),
        ]

        when:
        def document = document(kind, [Samples.report(one, outcomes[outcome])])

        then:
        select(document, 'name(//testcase/*)') == (element == 'passed' ? '' : element)

        where:
        outcome           | kind            || element
        'pending'         | RunKind.DRY_RUN || 'failure'
        'pending'         | RunKind.LIVE    || 'skipped'
        'pending refresh' | RunKind.DRY_RUN || 'failure'
        'pending refresh' | RunKind.LIVE    || 'skipped'
        'bug'             | RunKind.LIVE    || 'error'
        'failure'         | RunKind.DRY_RUN || 'failure'
        'change'          | RunKind.LIVE    || 'passed'
    }

    def "what XML cannot hold is replaced, and what it would misread is escaped"() {
        given:
        def odd = Samples.declared('notice', 'a<b>&"\u0001\u001b[31m\uD800 \uD83D\uDE00\ttab')
        def failure = Diagnostic.error(Code.RESOURCE_FAILED, 'Failed', 'one\ntwo ]]> \u0000')

        when:
        def document = document(RunKind.LIVE, [Samples.report(odd, new Outcome.Failed(failure, Optional.empty(), Optional.empty()))])
        validate(document)

        then:
        select(document, '//testcase/@name') == 'a<b>&"\uFFFD\uFFFD[31m\uFFFD \uD83D\uDE00\ttab'
        select(document, '//failure/@message') == 'one\ntwo ]]> \uFFFD'
    }

    def "a manifest that does not compile is a test that could not be made"() {
        given:
        def error = Diagnostic.error(Code.DUPLICATE_RESOURCE, 'Duplicate resource', 'notice[a] is declared twice.').at(Samples.place(7))
        def document = JUnitReport.refused([error], Instant.parse('2026-01-31T23:59:59.042Z'))

        expect:
        validate(document)
        select(document, '//testsuite/@errors') == '1'
        select(document, '//testcase/error/@message') == 'notice[a] is declared twice.'
        select(document, '//testcase/error').contains('site.groovy:7:1')
    }
}
