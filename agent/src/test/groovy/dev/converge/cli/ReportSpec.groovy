package dev.converge.cli

import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper

/** {@code converge report}: what is told of runs that are over. */
class ReportSpec extends CliSpecification {
    private Path file

    def setup() {
        file = folder.resolve('a')
    }

    private List<String> ids() {
        def reports = folder.resolve('state/reports').toFile()
        reports.exists() ? reports.list().collect { it - '.json' }.sort().reverse() : []
    }

    private static String told(String text) {
        text.readLines().drop(2).join('\n').replaceAll(/ in [\d.]+ m?s/, '') + '\n'
    }

    private static String untimed(String text) {
        text.replaceAll(/ in [\d.]+ m?s/, '')
    }

    def "a run is shown as it was told, with its differences and failures"() {
        given:
        def place = site("""
            file('$file') { content 'one\\n'; mode '0640' }
            file('${folder.resolve('none/b')}') { content 'x' }
            notice('after') { requires file['${folder.resolve('none/b')}'] }
            notice('hello')
            exec('true')
        """)

        expect:
        run(place) == 6
        def first = untimed(out)
        run('report', 'last') == 0
        told(out) == first

        when:
        file.toFile().text = 'two\n'
        run(place)
        def second = untimed(out)

        then:
        run('report', 'show', 'last') == 0
        told(out) == second
        run('report', 'show', ids()[1]) == 0
        told(out) == first
        out.startsWith("run ${ids()[1]} on ")
    }

    def "runs are listed, the newest first, with what is known of them"() {
        given:
        def place = site("file('$file') { content 'one\\n' }\n")
        run(place)
        file.toFile().text = 'two\n'
        run(place)
        run(place)
        def ids = ids()

        when:
        run('report', 'list')
        def lines = out.readLines()

        then:
        lines.size() == 3
        lines[0] ==~ /\S+   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d   exit 0   in sync 1/
        lines[1] ==~ /${ids[0]}   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d   exit 2   changed 1 in .*   converge --state-dir .*/
        lines[2].startsWith(ids[1])

        when:
        run('report', 'list', '--output', 'json')
        def list = JsonMapper.shared().readValue(out, List)

        then:
        list*.exit == [0, 2, 2]
        list*.counts*.changed == [0, 1, 1]
        list[1].run == ids[0]
        list[1].command.startsWith('converge --state-dir ')
    }

    def "the programs that ran are told to whoever asks for more, secrets masked, and kept"() {
        given:
        def place = site('exec("greet") { command "sh", "-c", "true ${secret(\'hunter2\')}" }\n')

        when:
        run('--verbose', place)
        def verbose = untimed(out)
        def line = "converge --state-dir ${folder.resolve('state')} --verbose $place".toString()

        then:
        verbose.contains("    \$ sh -c 'true ********'   exit 0, ")
        run('report', 'last', '--output', 'json') == 0
        with(JsonMapper.shared().readValue(out, Map)) {
            it.resources[0].commands*.command == ["sh -c 'true ********'"]
            it.command == line
            it.user.uid == ThisProcess.uid()
        }
        run('report', 'last') == 0
        !out.contains('sh -c')
        run('report', 'last', '--verbose') == 0
        out.contains("    \$ sh -c 'true ********'   exit 0, ")
    }

    def "of a run in sync its numbers are told"() {
        given:
        def place = site("notice('a')\n")
        run(place)

        expect:
        run('report', 'last') == 0
        out.readLines().last() == 'in sync 1'
        run('report', 'last', '--output', 'json') == 0
        JsonMapper.shared().readValue(out, Map).schema == 'converge.last-run/1'
        run('report', 'last', '--output', 'junit') == 1
    }

    def "a report is given as it was kept"() {
        given:
        run(site("file('$file') { content 'one\\n' }\n"))

        expect:
        run('report', 'show', ids()[0], '--output', 'json') == 0
        out == Files.readString(folder.resolve("state/reports/${ids()[0]}.json"))
        run('report', 'show', ids()[0], '--output', 'junit') == 0
        out.contains('<testcase name="' + file + '" classname="file"')
    }

    def "the beginning of an id is enough when it is that of one run"() {
        given:
        def place = site("file('$file') { content 'one\\n' }\n")
        run(place)
        Files.delete(file)
        run(place)

        expect:
        run('report', 'show', ids()[0][0..-2]) == 0
        run('report', 'show', '20') == 1
        err.contains('More than one report')
        ids().every { err.contains(it) }
    }

    def "#words is refused with what to do"() {
        expect:
        run(*words) == 1
        err.contains(told)

        where:
        words                                  || told
        ['report']                             || 'list|show|last'
        ['report', 'lsit']                     || 'Did you mean "list"?'
        ['report', 'show']                     || 'converge report list names them.'
        ['report', 'show', 'nope']             || 'converge report list names those that are.'
        ['report', 'last']                     || 'No run has been kept on this host.'
        ['report', 'last', 'x']                || 'converge report show x'
        ['report', 'list', '--output', 'junit']|| 'A list has no form for tests.'
    }

    def "where no run has been kept, the list is empty"() {
        expect:
        run('report', 'list') == 0
        out == 'No run has been kept.\n'
        run('report', 'list', '--output', 'json') == 0
        out == '[]\n'
        !Files.exists(folder.resolve('state'))
    }

    def "a damaged report is named, and hides no other"() {
        given:
        def place = site("file('$file') { content 'one\\n' }\n")
        run(place)
        Files.writeString(folder.resolve('state/reports/20200101T000000.000Z-1.json'), damage)

        expect:
        run('report', 'list') == 0
        out.readLines().size() == 2
        out.readLines()[1] == '20200101T000000.000Z-1   cannot be read'
        run('report', 'show', '2020') == 1
        err.contains('is damaged, or of another version of Converge')

        cleanup: 'all other tests keep reports that are whole'
        Files.delete(folder.resolve('state/reports/20200101T000000.000Z-1.json'))

        where:
        damage << ['', '{"schema":', '[]', '{"schema":"converge.report/9"}', '{"schema":"converge.report/1","run":"x"}']
    }

    private String journal(String folder, String id, String... events) {
        def header = """{"schema":"converge.journal/1","run":"$id","number":1,"pid":1,"began":1577836800000,"command":"converge /srv/site"}"""
        def file = Files.createDirectories(this.folder.resolve('state').resolve(folder)).resolve(id + '.jsonl')
        Files.writeString(file, ([header] + (events as List)).join('\n') + '\n{"event":"do')
        id
    }

    def "a run that was killed is named, with what it had done and what it was at"() {
        given:
        def place = site("file('$file') { content 'one\\n' }\n")
        run(place)
        def ended = ids()[0]
        def old = journal('journal/ended', '20200101T000000.000Z-1')
        def killed = journal('journal', '29990101T000000.000Z-1',
            '{"event":"planned","id":"file[/a]"}', '{"event":"started","id":"file[/a]"}', '{"event":"done","id":"file[/a]"}',
            '{"event":"started","id":"file[/b]"}', '{"event":"failed","id":"file[/b]"}', '{"event":"started","id":"exec[c]"}')

        expect:
        run('report', 'list') == 0
        out.readLines()*.takeWhile { it != ' ' } == [killed, ended, old]
        out.readLines()[0].endsWith('killed   changed 1, was at exec[c]   converge /srv/site')
        run('report', 'list', '--output', 'json') == 0
        with(JsonMapper.shared().readValue(out, List)[0]) {
            it == [run: killed, killed: true, started: '2020-01-01T00:00:00Z', command: 'converge /srv/site',
                changed: ['file[/a]'], unfinished: ['exec[c]']]
        }
        [['report', 'last'], ['report', 'show', 'last'], ['report', 'show', '2999'], ['report', 'show', killed]].each {
            assert run(*it) == 0
            assert out.readLines().drop(2) == ['~ file[/a] changed', '! exec[c] begun, and not ended', '', 'killed: converge /srv/site']
        }
        run('report', 'last', '--output', 'json') == 0
        JsonMapper.shared().readValue(out, Map).unfinished == ['exec[c]']
        run('report', 'last', '--output', 'junit') == 1
        err.contains('was killed: it has no report.')

        when: 'a run that goes on is not killed'
        def journals = folder.resolve('state/journal')
        def text = Files.readString(journals.resolve(killed + '.jsonl'))
        Files.writeString(journals.resolve(killed + '.jsonl'), text.replace('"pid":1,"began":1577836800000',
            "\"pid\":${ThisProcess.pid()},\"began\":${System.currentTimeMillis()}"))

        then:
        run('report', 'list') == 0
        !out.contains(killed)
    }

    def "names from a host do not steer the terminal, whatever tells of them"() {
        given:
        def place = site("""
            exec("e\\u001b[31m\\r") { command 'true' }
            exec("f\\u202e") { command 'printf', '\\\\033[2J\\\\377'; returns 7; retries 1; retryDelay '1ms' }
            file("$folder/a\\u001b]0;x\\u0007") { content "\\u001b[2J" }
        """)

        expect:
        [[place, '--verbose'], ['report', 'last', '--verbose'], ['report', 'last', '--output', 'junit'],
            ['report', 'last', '--output', 'json'], ['restore', 'last', '--dry-run'], ['restore', 'last']].each {
            run(*it)
            assert !(out + err).find(/[\p{Cntrl}&&[^\n\t]]/)
            assert it.contains('--output') || !(out + err).contains('\u202e')
        }
    }

    def "a secret that a run has masked is in no difference of its undo, even where everybody may read the file"() {
        given:
        Files.writeString(folder.resolve('line'), 'x\n')
        def manifest = { String value ->
            """
                def password = secret('$value')
                file('$file') { content "pw=\${password}\\n"; mode '0644' }
                file('${folder.resolve('unseen')}') { content 'pw=$value\\n'; mode '0644'; showDiff false }
                line('${folder.resolve('line')}', 'pw') { text "pw=\${password}"; match '^pw=' }
            """
        }
        run(site(manifest('hunter1')))
        run(site(manifest('hunter2')))

        expect:
        [['restore', 'last', '--dry-run'], ['restore', 'last', '--dry-run', '--output', 'json'],
            ['restore', "$file".toString(), '--dry-run'], ['restore', 'last'], ['report', 'last']].each {
            run(*it)
            assert !(out + err).contains('hunter')
            assert out.contains('not shown: sensitive')
        }
        file.toFile().text == 'pw=hunter1\n'
        run('report', 'last', '--output', 'json') == 0
        JsonMapper.shared().readValue(out, Map).command == "converge restore --state-dir ${folder.resolve('state')} last".toString()
    }

    def "a report that is damaged does not hide the last run"() {
        given:
        run(site("file('$file') { content 'one\\n' }\n"))
        def damaged = Files.writeString(folder.resolve('state/reports/29990101T000000.000Z-1.json'), '{"schema"')

        expect:
        run('report', 'last') == 0
        out.contains("+ file[$file] created")

        cleanup:
        Files.delete(damaged)
    }

    def "programs are told as JSON what can be restored, and why nothing is"() {
        given:
        run(site("file('$file') { content 'one\\n' }\nexec('true')\n"))

        expect:
        run('restore', '--output', 'json') == 0
        with(JsonMapper.shared().readValue(out, List)) {
            it*.subMap(['run', 'changes', 'restorable']) == [[run: ids()[0], changes: 2, restorable: 1]]
            it[0].keySet() == ['run', 'started', 'command', 'changes', 'restorable'] as Set
        }
        run('restore', "$file".toString(), '--list', '--output', 'json') == 0
        JsonMapper.shared().readValue(out, List) == [[run: ids()[0], version: 'nothing: that run made it']]
        run('restore', 'nope', '--output', 'json') == 1
        err.empty
        with(JsonMapper.shared().readValue(out, Map)) {
            it.exit == 1
            it.diagnostics[0].detail.contains('"nope"')
        }
    }
}
