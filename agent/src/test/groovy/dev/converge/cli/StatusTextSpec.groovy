package dev.converge.cli

import dev.converge.output.Style
import spock.lang.Specification

/** How the agent is, in lines for people. */
class StatusTextSpec extends Specification {
    static final PROBLEM = [summary: 'Unknown attribute', detail: 'file has no attribute "contnt".', suggestion: 'Did you mean "content"?',
        source: [file: 'site.groovy', line: 4, column: 5]]

    private static Map<String, String> rows(Map<String, Object> tree) {
        StatusText.of(tree, Style.plain()).readLines().collectEntries { line -> line.trim().split('  +', 2) as List }
    }

    def "#what is told with its place and with what to do"() {
        expect:
        rows([running: false] + tree)[row] == text

        where:
        what               | tree                                                                                               | row       || text
        'a mistake'        | [problems: [PROBLEM]]                                                                              | 'problem' || 'Unknown attribute: site.groovy:4:5: file has no attribute "contnt". Did you mean "content"?'
        'what has neither' | [problems: [[summary: 'Too late', detail: 'It is over.']]]                                         | 'problem' || 'Too late: It is over.'
        'a place for reports that takes them' | [reports: [[name: 'https://r/', sent: 2, waiting: 0, dropped: 0, refused: 0]]] | 'reports' || 'https://r/: sent 2, waiting 0'
        'one that does not' | [reports: [[name: 'https://r/', sent: 2, waiting: 3, dropped: 1, refused: 4, problem: [summary: 'Reports cannot be sent', detail: 'Nobody listens there.', suggestion: 'Check the address.']]]] | 'reports' || 'https://r/: sent 2, waiting 3, dropped 1, refused 4. Reports cannot be sent: Nobody listens there. Check the address.'
    }

    def "times are told in seconds"() {
        expect:
        rows([running: true, pid: 7, since: '2026-01-02T03:04:05.678901234Z', nextRun: '2026-01-02T04:04:05.5Z', doing: 'idle',
            lastRun: [started: '2026-01-02T03:04:06.000000001Z', trigger: 'start', exit: 0],
            disabled: [reason: 'a disk', by: 'ada', since: '2026-01-02T03:04:07.8Z']]).subMap(['agent', 'last run', 'next run', 'disabled']) == [
            agent: 'runs since 2026-01-02T03:04:05Z as process 7', 'last run': '2026-01-02T03:04:06Z (start), exit 0',
            'next run': '2026-01-02T04:04:05Z', disabled: 'a disk (by ada, since 2026-01-02T03:04:07Z)']
    }
}
