package dev.converge.sink

import dev.converge.output.Samples
import dev.converge.provider.Action
import dev.converge.report.Cause
import dev.converge.report.Causes
import dev.converge.report.Outcome
import dev.converge.report.ResourceReport
import java.nio.file.Files
import java.time.Instant

/** What has drifted, since when, and what became of it: over runs and restarts. */
class DriftLedgerSpec extends SinkSpecification {
    private static final Instant FIRST = Instant.parse('2026-01-31T23:59:59.001Z')

    private DriftLedger ledger() {
        DriftLedger.open(folder.resolve('drift.json'))
    }

    private static DriftLedger.Findings take(DriftLedger ledger, int number, List<ResourceReport> reports, Map more = [:]) {
        def run = sent(number, reports, more)
        ledger.take(run, new AgentJson(Samples.TYPES).run(run))
    }

    private static ResourceReport resource(String outcome, Cause cause = Cause.HOST) {
        def declared = Samples.declared('file', '/etc/motd')
        def change = Samples.change(declared, Action.UPDATE, [mode: [Samples.mode('0600'), Samples.mode('0644')]])
        def made = [
            changed: new Outcome.Changed(change, Optional.empty()),
            pending: new Outcome.Pending(change, Optional.empty(), Optional.empty()),
            'in sync': new Outcome.InSync(Optional.empty()),
            failed: new Outcome.Failed(dev.converge.diagnostic.Diagnostic.error(dev.converge.diagnostic.Code.RESOURCE_FAILED, 'Failed', 'No.'), Optional.empty(), Optional.empty()),
        ][outcome]
        Samples.report(declared, made, new Causes(cause, [mode: cause]), [])
    }

    def "drift that is only reported is known over a restart until it is gone, and told at length once"() {
        when:
        def first = take(ledger(), 1, [resource('pending')], [trigger: 'drift', noticed: FIRST.minusSeconds(1)])

        then:
        first.news()
        with(first.drift()[0].json()) {
            it.id == 'file[/etc/motd]'
            it.since == '2026-01-31T23:59:58.001Z'
            it.noticedBy == 'drift'
            it.corrective
            it.state == 'reported'
            it.attributes == [[name: 'mode', before: '0600', after: '0644', cause: 'host']]
        }

        when:
        def second = take(ledger(), 2, [resource('pending')])

        then:
        !second.news()
        second.drift() == first.drift()

        when:
        def third = take(ledger(), 3, [resource(last)])

        then:
        third.news()
        third.drift()*.state()*.name() == [state]
        third.drift()[0].since() == FIRST.minusSeconds(1)
        third.drift()[0].ended().present == ends
        ledger().open().size() == (ends ? 0 : 1)

        where:
        last      | state      | ends
        'changed' | 'RESTORED' | true
        'in sync' | 'GONE'     | true
        'failed'  | 'FAILED'   | false
    }

    def "what is put right at once is told once, and a change of the manifest is no drift"() {
        expect:
        with(take(ledger(), 1, [resource('changed', cause)])) {
            it.news()
            it.drift()*.state()*.name() == states
        }
        !take(ledger(), 2, [resource('in sync')]).news()
        ledger().open() == []

        where:
        cause          | states
        Cause.HOST     | ['RESTORED']
        Cause.MANIFEST | []
    }

    def "a run that looked at some leaves what it did not look at; one that looked at all forgets what is declared no longer"() {
        given:
        take(ledger(), 1, [resource('pending')])
        def other = Samples.report(Samples.declared('notice', 'x'), new Outcome.InSync(Optional.empty()))

        expect:
        with(take(ledger(), 2, [other], [whole: false])) {
            !it.news()
            it.drift()*.state()*.name() == ['REPORTED']
        }
        with(take(ledger(), 3, [other])) {
            it.news()
            it.drift()*.state()*.name() == ['GONE']
        }
        ledger().open() == []
    }

    def "a file that is damaged is begun anew"() {
        given:
        Files.writeString(folder.resolve('drift.json'), text)

        expect:
        ledger().open() == []
        take(ledger(), 1, [resource('pending')]).drift().size() == 1

        where:
        text << ['', '{"drift":[{"id":"odd"}, 3]}', '{"drift":[{"id":"file[x]","sin', '[]']
    }
}
