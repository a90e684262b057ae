package dev.converge.cli

import dev.converge.agent.LogEvent
import dev.converge.agent.LogLevel
import spock.lang.Specification

class ProcessLogSpec extends Specification {
    def "a text of several lines is one entry, and what it quotes cannot pass for another"() {
        given:
        def out = new ByteArrayOutputStream()
        def log = new ProcessLog(Terminal.piped(InputStream.nullInputStream(), new PrintStream(out), new PrintStream(out)), [:])

        when:
        log.write(LogLevel.WARNING, LogEvent.PROBLEM, 'It failed:\n2026-01-31T12:00:00 All is well\u001b[2J\n', [:])

        then:
        out.toString().readLines().with { lines ->
            lines.size() == 2 && lines[0] ==~ /20\S+ warning: It failed:/ && lines[1] == '    2026-01-31T12:00:00 All is well^[[2J'
        }
    }
}
