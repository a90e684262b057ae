package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions
import tools.jackson.databind.json.JsonMapper

/** What only a process of its own shows: signals, closed pipes, terminals, locales. */
@Timeout(120)
class ProcessSpec extends CliSpecification {
    private List<String> command(String... args) {
        ["${System.getProperty('java.home')}/bin/java".toString(), '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'),
         'dev.converge.cli.Main', '--state-dir', folder.resolve('state').toString(), *args]
    }

    private Process start(List<String> command, Map<String, String> environment = [:]) {
        def builder = new ProcessBuilder(command)
        builder.redirectError(folder.resolve('err').toFile())
        builder.environment().putAll([LC_ALL: 'C.UTF-8'] + environment)
        builder.start()
    }

    private String complaints() {
        folder.resolve('err').toFile().getText('UTF-8')
    }

    private String slow() {
        site("""
            exec('slow') { command 'sh', '-c', 'touch $folder/begun; while [ -e $folder/begun ] && [ ! -e $folder/go ]; do sleep 0.05; done; [ ! -e $folder/go ] || touch $folder/ended' }
            file('$folder/after') {
                content 'x'
                requires exec['slow']
            }
        """)
    }

    def "the first #signal ends what is in hand, skips the rest and reports"() {
        given:
        def process = start(command(slow()))
        new PollingConditions(timeout: 60).eventually { assert Files.exists(folder.resolve('begun')) }

        when:
        assert ['kill', "-$signal", "${process.pid()}"].execute().waitFor() == 0
        new PollingConditions(timeout: 60).eventually { assert complaints().contains('once more') }
        Files.createFile(folder.resolve('go'))
        def said = process.inputStream.getText('UTF-8')

        then:
        process.waitFor() == 6
        Files.exists(folder.resolve('ended'))
        !Files.exists(folder.resolve('after'))
        said.contains('+ exec[slow] executed')
        said.contains('↷ skipped 1 resource: the run was interrupted')
        complaints() == 'converge: finishing exec[slow]; once more to stop at once\n'
        json(folder.resolve('state/last-run.json')).interrupted
        json(Files.list(folder.resolve('state/reports')).withCloseable { it.findFirst().get() }).interrupted

        where:
        signal << ['INT', 'TERM', 'HUP']
    }

    private static Map json(Path file) {
        JsonMapper.shared().readValue(file.toFile(), Map)
    }

    def "a signal that was ignored when it started, as by nohup, stays ignored"() {
        given:
        def process = start(['sh', '-c', 'trap "" HUP; exec "$@"', 'sh', *command(slow())])
        new PollingConditions(timeout: 60).eventually { assert Files.exists(folder.resolve('begun')) }

        when:
        assert ['kill', '-HUP', "${process.pid()}"].execute().waitFor() == 0
        Files.createFile(folder.resolve('go'))

        then:
        process.waitFor() == 0
        Files.exists(folder.resolve('after'))
        complaints().isEmpty()
    }

    def "a catalog is the same in every locale"() {
        given:
        def turkish = command('compile', site("notice 'TITLE'.toLowerCase() + String.format('%.1f', 1.5)"))
        turkish.addAll(1, ['-Duser.language=tr', '-Duser.country=TR'])
        turkish.removeAll(['--state-dir', folder.resolve('state').toString()])

        when:
        def process = start(turkish)
        def said = process.inputStream.getText('UTF-8')

        then:
        process.waitFor() == 0
        said.contains('"notice[title1.5]"')
    }

    def "the second signal ends the process, and leaves no command behind"() {
        given:
        def process = start(command(site("""
            exec('slow') { command 'sh', '-c', 'sleep 600 & echo \$\$ > $folder/leader; echo \$! > $folder/child; touch $folder/begun; wait; touch $folder/ended' }
        """)))
        new PollingConditions(timeout: 60).eventually { assert Files.exists(folder.resolve('begun')) }

        when:
        assert ['kill', '-TERM', "${process.pid()}"].execute().waitFor() == 0
        new PollingConditions(timeout: 60).eventually { assert complaints().contains('once more') }
        assert ['kill', '-TERM', "${process.pid()}"].execute().waitFor() == 0
        process.waitFor(60, TimeUnit.SECONDS)

        then:
        process.exitValue() == 128 + 15
        !Files.exists(folder.resolve('ended'))
        ['leader', 'child'].every { !isRunning(folder.resolve(it).toFile().text.trim()) }
    }

    /** What has ended may still wait for its parent to take note. */
    private static boolean isRunning(String pid) {
        def stat = new File("/proc/$pid/stat")
        stat.exists() && !(stat.text =~ /\) [ZX] /)
    }

    def "a reader that goes away is no error"() {
        given:
        def process = start(['sh', '-c', '"$@" | true', 'sh', *command('--verbose', site((1..50).collect { "notice 'n$it'" }.join('\n')))])

        expect:
        process.waitFor() == 0
        complaints().isEmpty()
    }

    @Requires({ new File('/dev/full').exists() })
    def "output that cannot be written is an error: #words ends with #status"() {
        given:
        def process = start(['sh', '-c', '"$@" > /dev/full', 'sh', *command(*words.collect { it.replace('SITE', site(manifest)) })])

        expect:
        process.waitFor() == status
        complaints() == 'converge: The output cannot be written. No space is left on the device.\n'

        where:
        words                        | manifest                          || status
        ['SITE']                     | "notice 'n'"                      || 1
        ['--output', 'json', 'SITE'] | "notice 'n'"                      || 1
        ['SITE']                     | "exec('no') { command 'false' }"  || 4
        ['--dry-run', 'SITE']        | "exec('would') { command 'true' }" || 2
    }

    @Requires({ new File('/usr/bin/script').canExecute() })
    def "colours are for terminals: #environment #option"() {
        given:
        def words = command(*([option, '--dry-run', site("file('$folder/new') { content 'x' }")].findAll()))
        def process = start(['script', '-qec', words.collect { "'$it'" }.join(' '), '/dev/null'], environment)

        expect:
        process.inputStream.getText('UTF-8').contains('\u001b[') == colored
        process.waitFor() == 2

        where:
        environment     | option       || colored
        [TERM: 'xterm'] | ''           || true
        [TERM: 'xterm'] | '--no-color' || false
        [NO_COLOR: '1'] | ''           || false
        [TERM: 'dumb']  | ''           || false
    }

    def "a locale without UTF-8 gets ASCII"() {
        given:
        def process = start(command(site("notice 'plain'")), [LC_ALL: 'C'])

        expect:
        process.inputStream.getText('UTF-8').startsWith('* plain')
        process.waitFor() == 0
    }
}
