package dev.converge

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import tools.jackson.databind.json.JsonMapper

class ReportSchemaSpec extends Specification {
    private static final String LIVE = Files.readString(Path.of('src/test/resources/golden/live.json'))

    def "#golden has the form that is published"() {
        expect:
        ReportSchema.matches(Files.readString(Path.of('src/test/resources/golden', golden)))

        where:
        golden << ['live.json', 'dry.json', 'refused.json']
    }

    def "the example of the documentation has it too"() {
        given:
        def page = Files.readString(Path.of('../docs/report.md'))

        expect:
        ReportSchema.matches(page.substring(page.indexOf('```json') + 7, page.indexOf('```', page.indexOf('```json') + 7)))
    }

    def "every field of the form is told of in the documentation: #field"() {
        expect:
        Files.readString(Path.of('../docs/report.md')).contains('`' + field)

        where:
        field << fields(JsonMapper.shared().readValue(Files.readString(Path.of('../docs/report.schema.json')), Map)).toSorted()
    }

    def "a report that #breaks does not have it"() {
        given:
        def report = JsonMapper.shared().readValue(LIVE, Map)
        change.call(report)

        when:
        ReportSchema.matches(JsonMapper.shared().writeValueAsString(report))

        then:
        thrown(AssertionError)

        where:
        breaks                                | change
        'has a field that nobody knows'       | { it.more = 1 }
        'lacks its counts'                    | { it.remove('counts') }
        'has a resource with an odd outcome'  | { it.resources[0].outcome = 'odd' }
        'has a change that names no action'   | { it.resources[0].remove('action') }
        'has a resource with one field more'  | { it.resources[0].more = 1 }
        'has a failure without a reason'      | { it.resources.find { r -> r.outcome == 'failed' }.remove('diagnostic') }
        'has a time that is none'             | { it.started = 'yesterday' }
        'has a commit that is none'           | { it.origin.commit = 'main' }
    }

    private static Set<String> fields(Object schema) {
        Set<String> all = []
        if (schema instanceof Map) {
            if (schema.get('properties') instanceof Map && schema.containsKey('additionalProperties')) {
                all.addAll(schema.get('properties').keySet())
            }
            schema.values().each { all.addAll(fields(it)) }
        } else if (schema instanceof List) {
            schema.each { all.addAll(fields(it)) }
        }
        all
    }
}
