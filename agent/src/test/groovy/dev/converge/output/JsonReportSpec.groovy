package dev.converge.output

import dev.converge.Golden
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.diagnostic.Related
import dev.converge.report.Outcome
import dev.converge.report.ResourceReport
import dev.converge.report.RunKind
import dev.converge.schema.JsonText
import java.time.Duration
import spock.lang.Specification
import tools.jackson.databind.json.JsonMapper

class JsonReportSpec extends Specification {
    private static String json(Object tree) {
        def bytes = new ByteArrayOutputStream()
        JsonText.write(tree, bytes)
        bytes.toString('UTF-8')
    }

    def "a run with every outcome reads as in #golden"() {
        given:
        def document = json(new JsonReport(Samples.TYPES, [Samples.PASSWORD]).of(Samples.run(kind, reports), 6))

        expect:
        Golden.matches(golden, document)
        with(JsonMapper.shared().readValue(document, Map)) {
            it.schema == 'converge.report/1'
            it.resources.size() == reports.size()
            it.counts.values().sum() == reports.size()
        }

        where:
        golden      | kind            | reports
        'live.json' | RunKind.LIVE    | Samples.live()
        'dry.json'  | RunKind.DRY_RUN | Samples.dry()
    }

    def "a manifest that does not compile is a document too"() {
        given:
        def error = Diagnostic.error(Code.DUPLICATE_RESOURCE, 'Duplicate resource', 'notice[a] is declared twice.')
            .at(Samples.place(7)).suggest('Declare it once.').related(Related.at('first declared here', Samples.place(3)))

        expect:
        Golden.matches('refused.json', json(JsonReport.refused([error], true, 1)))
    }

    def "no secret is in #field, whatever a provider has said"() {
        given:
        def document = json(new JsonReport(Samples.TYPES, [Samples.PASSWORD]).of(Samples.run(RunKind.LIVE, [report]), 0))

        expect:
        document.contains('it says ********')
        !document.contains('hunter2')

        where:
        field          | report
        'tries'        | told(new Outcome.InSync(Optional.empty()), ['it says hunter2'])
        'notRefreshed' | told(new Outcome.NotRefreshed('it says hunter2'), [])
        'trace'        | told(new Outcome.Failed(BUG, Optional.empty(), Optional.of('it says hunter2')), [])
    }

    private static final Diagnostic BUG = Diagnostic.error(Code.BUG, 'Bug', 'Oops.')

    private static ResourceReport told(Outcome outcome, List<String> tries) {
        new ResourceReport(Samples.declared('notice', 'x'), outcome, Duration.ZERO, Duration.ZERO, Optional.empty(), [], tries)
    }
}
