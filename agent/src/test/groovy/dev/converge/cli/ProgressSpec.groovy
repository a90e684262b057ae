package dev.converge.cli

import dev.converge.converger.RunListener
import dev.converge.output.Samples
import dev.converge.output.Style
import spock.lang.Specification
import spock.util.concurrent.PollingConditions

class ProgressSpec extends Specification {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream()
    private final Terminal terminal = new Terminal(InputStream.nullInputStream(), new PrintStream(shown), new PrintStream(shown), Style.plain(), Style.plain(), true)

    def "a long run names what it has in hand, and leaves no line behind"() {
        given:
        def reports = Samples.live()
        def progress = new Progress(RunListener.silent(), terminal)

        when:
        progress.runStarted(reports.size())
        progress.resourceFinished(reports[0])
        progress.resourceStarted(reports[1].declared())

        then:
        new PollingConditions(timeout: 20).eventually { assert shown.toString().contains("1 of ${reports.size()}  file[/etc/made]") }

        when:
        progress.close()

        then:
        shown.toString().endsWith('\r\u001b[K')
    }

    def "a name does not steer the terminal"() {
        given:
        def progress = new Progress(RunListener.silent(), terminal)

        when:
        progress.runStarted(1)
        progress.resourceStarted(Samples.declared('notice', 'a\u001b[31m\nb'))

        then:
        new PollingConditions(timeout: 20).eventually { assert shown.toString().contains('0 of 1  notice[a^[[31m^Jb]') }

        cleanup:
        progress.close()
    }

    def "a short run shows nothing"() {
        when:
        new Progress(RunListener.silent(), terminal).withCloseable {
            it.runStarted(1)
            it.resourceFinished(Samples.live()[0])
        }

        then:
        shown.size() == 0
    }
}
