package dev.converge.agent

import dev.converge.model.OnDrift
import dev.converge.sink.SinkSettings
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class AgentFileSpec extends Specification {
    static final String PAGE = new File('../docs/agent.md').text
    static final String SOURCE = "source: { url: 'https://git.example.com/site.git' }\n"

    @TempDir
    Path folder

    def "the example of the page says what it says"() {
        when:
        def read = AgentFile.read('agent.yaml', (PAGE.split('## What you write for it')[1] =~ /(?s)```yaml\n(.*?)```/)[0][1])

        then:
        read.diagnostics() == []
        def settings = read.value().get()
        settings.source().url().toString() == 'ssh://git@git.example.com/site.git'
        settings.source().ref() == 'production'
        settings.source().path() == ''
        settings.source().allowedSigners().get() == Path.of('/etc/converge/allowed_signers')
        settings.schedule() == new Schedule(Duration.ofMinutes(30), Duration.ofMinutes(5), [])
        settings.stateDir() == Path.of('/var/lib/converge')
        settings.conduct().onDrift() == OnDrift.ENFORCE
        settings.conduct().environment() == 'production'
        settings.reports()*.class == [SinkSettings.FileSink, SinkSettings.HttpSink, SinkSettings.PrometheusSink]
    }

    def "what is left out has the default that the page names"() {
        when:
        def settings = AgentFile.read('agent.yaml', SOURCE).value().get()

        then:
        settings.source().ref() == 'main'
        settings.source().sizeLimit() == 1 << 30
        settings.schedule() == new Schedule(Duration.ofMinutes(30), Duration.ZERO, [])
        settings.conduct().timeLimit() == Duration.ofHours(1)
        settings.drift() == new DriftSettings(true, Duration.ofMillis(30))
        settings.logLevel() == LogLevel.INFO
        settings.reports() == []
    }

    def "the page has a row for each key of #table, and no other"() {
        expect:
        rows(table) == keys.toSet()

        where:
        table              | keys
        'key'              | AgentFile.KEYS
        'key of `source`'  | SourceKeys.KEYS
        'key of `drift`'   | AgentFile.DRIFT_KEYS
    }

    private static Set<String> rows(String head) {
        def lines = PAGE.readLines()
        int first = lines.findIndexOf { it.startsWith("| $head |") }
        assert first >= 0
        lines.drop(first + 2).takeWhile { it.startsWith('|') }.collect { (it =~ /^\| `(\w+)`/)[0][1] } as Set
    }

    def "#mistake is told at #place"() {
        when:
        def read = AgentFile.read('agent.yaml', text)

        then:
        read.diagnostics().collect { [it.at().get().line(), it.at().get().column()] } == [place]
        (read.diagnostics()[0].detail() + ' ' + read.diagnostics()[0].suggestion().orElse('')).contains(says)

        where:
        mistake                        | text                                             || place   | says
        'an unknown key'               | SOURCE + 'intervall: 30m\n'                      || [2, 1]  | 'Did you mean "interval"?'
        'an unknown key of the source' | "source: { url: '/x', reff: main }\n"            || [1, 22] | 'Did you mean "ref"?'
        'an unknown key of drift'      | SOURCE + 'drift: { event: true }\n'              || [2, 10] | 'Did you mean "events"?'
        'no source'                    | 'interval: 30m\n'                                || [1, 1]  | 'which site'
        'a source without a value'     | 'source:\n'                                      || [1, 1]  | 'which site'
        'an address for a source'      | "source: 'https://h/x.git'\n"                    || [1, 9]  | 'Write: source: { url:'
        'nothing at all'               | ''                                               || [1, 1]  | 'source: { url:'
        'a remark alone'               | '# later\n'                                      || [1, 1]  | 'is empty'
        'no address'                   | 'source: { ref: main }\n'                        || [1, 9]  | '"url" is missing'
        'a password in the address'    | "source: { url: 'https://me:pw@h/x.git' }\n"     || [1, 16] | 'names a user'
        'a password in the clear'      | "source: { url: 'http://h/x.git', passwordFile: /p }\n" || [1, 34] | 'for everybody to read'
        'a password for nobody'        | "source: { url: 'git://h/x.git', passwordFile: /p }\n"  || [1, 33] | 'takes no password'
        'a limit that is no size'      | "source: { url: /x, sizeLimit: large }\n"        || [1, 31] | 'is not a size'
        'a limit below a megabyte'     | "source: { url: /x, sizeLimit: 500K }\n"         || [1, 31] | 'at least 1M'
        'a path that leads out'        | "source: { url: /x, path: ../y }\n"              || [1, 26] | 'does not lie in the repository'
        'an interval below a minute'   | SOURCE + 'interval: 5s\n'                        || [2, 11] | 'at least 1m'
        'an interval without a unit'   | SOURCE + 'interval: 30\n'                        || [2, 11] | 'its unit'
        'a folder that is relative'    | SOURCE + 'stateDir: var\n'                       || [2, 11] | 'from / on'
        'another word for drift'       | SOURCE + 'onDrift: ignore\n'                     || [2, 10] | 'enforce or report'
        'no job'                       | SOURCE + 'jobs: 0\n'                             || [2, 7]  | 'from 1 to 999'
        'no time of the week'          | SOURCE + 'windows: [never]\n'                    || [2, 11] | 'time of the week'
        'a text for a list'            | SOURCE + 'tags: web\n'                           || [2, 7]  | 'list'
        'a type of report'             | SOURCE + 'reports: [ { type: htp } ]\n'          || [2, 20] | 'Did you mean "http"?'
        'an unknown key of a report'   | SOURCE + 'reports: [ { type: file, keeep: 1 } ]\n' || [2, 26] | 'Did you mean "keep"?'
        'a list for a file'            | '- source\n'                                     || [1, 1]  | 'keys and values'
        'no YAML'                      | 'source: [\n'                                    || [1, 9]  | 'not closed'
        'a key that stands twice'      | SOURCE + SOURCE                                  || [2, 1]  | 'second time'
    }

    def "a site that anybody on the way could replace is doubted: #source"() {
        when:
        def read = AgentFile.read('agent.yaml', "source: { $source }\n")

        then:
        read.diagnostics() == []
        read.value().get().source().doubts()*.summary() == (doubted ? ['Nobody vouches for the site'] : [])

        where:
        source                                                  || doubted
        "url: 'http://git.example.com/x.git'"                   || true
        "url: 'git://git.example.com/x.git'"                    || true
        "url: 'http://git.example.com/x.git', pgpKeys: /k"      || false
        "url: 'http://localhost:3000/x.git', passwordFile: /p"  || false
        "url: 'https://git.example.com/x.git'"                  || false
        "url: 'git@git.example.com:x.git'"                      || false
    }

    def "all mistakes are told in one run"() {
        expect:
        AgentFile.read('agent.yaml', "source: { urll: x }\ninterval: 5\nonDrft: report\njobs: many\n").diagnostics().size() == 5
    }

    def "a file that others can write is not followed"() {
        given:
        def file = Files.writeString(folder.resolve('agent.yaml'), SOURCE)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-rw-r--'))

        expect:
        AgentFile.read(file).diagnostics()*.summary() == ['Others can write it']
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a file of another account is not followed, also through a link"() {
        given:
        def file = Files.writeString(folder.resolve('agent.yaml'), SOURCE)
        def link = Files.createSymbolicLink(folder.resolve('link.yaml'), file)
        assert AgentFile.read(link).isOk()
        Files.setAttribute(file, 'unix:uid', 65534)

        expect:
        [file, link].every { AgentFile.read(it).diagnostics()*.detail()[0].contains('belongs to the account 65534') }
    }

    def "a file that is not there says what to write"() {
        expect:
        AgentFile.read(folder.resolve('none.yaml')).diagnostics()[0].suggestion().get().contains('source:')
    }

    def "where the state is can be told while there are mistakes: #text"() {
        given:
        def file = Files.writeString(folder.resolve('agent.yaml'), text)

        expect:
        AgentFile.read(file).value().empty
        AgentFile.stateDir(file).value().get() == Path.of(state)

        where:
        text                                       || state
        'enviroment: prod\nstateDir: /srv/state\n' || '/srv/state'
        'interval: often\n'                        || '/var/lib/converge'
        'source: [\n'                              || '/var/lib/converge'
        'stateDir: [a]\n'                          || '/var/lib/converge'
    }
}
