package dev.converge.command

import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.TempDir
import spock.lang.Timeout

/** A vendor's command line that keeps its clusters in a file, one per line, and logs what it was asked. */
@Timeout(60)
class CommandResourceSpec extends ProviderContractSpec<CommandResource> {
    private static final String TOOL = '''\
        #!/bin/sh
        here=$(dirname "$0")
        echo "$@" >>"$here/log"
        case $1 in
            list) cat "$here/clusters" ;;
            create) echo "$2" >>"$here/clusters" ;;
            delete) sed -i "/^$2\\$/d" "$here/clusters" ;;
            exists) grep -qx "$2" "$here/clusters" ;;
            get) cat "$here/$2" ;;
            set) echo "$3" >"$here/$2" ;;
            env) echo "$PASSWORD" ;;
            fail) echo "no: $PASSWORD" >&2; exit 3 ;;
            idle) ;;
            sleep) sleep 60 ;;
        esac
        '''.stripIndent()

    @TempDir
    Path folder

    String tool

    def setup() {
        tool = folder.resolve('tool')
        Files.writeString(Path.of(tool), TOOL)
        new File(tool).executable = true
        Files.writeString(folder.resolve('clusters'), 'old\n')
        Files.writeString(folder.resolve('log'), '')
    }

    private List<String> asked() {
        Files.readAllLines(folder.resolve('log'))
    }

    @Override
    CommandType schema() {
        new CommandType()
    }

    @Override
    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    }

    @Override
    Map<String, Closure<CommandResource>> samples() {
        [
            'cluster that is tested': { cluster('web', [test: [tool, 'exists', 'web']]) },
            'cluster that is listed': { cluster('web', [get: [tool, 'list'], expectLine: 'web']) },
            'cluster that is tested and shown': { cluster('web', [test: [tool, 'exists', 'web'], get: [tool, 'list']]) },
            'value': {
                command('pool', [get: [tool, 'get', 'pool'], expect: '60', set: [tool, 'set', 'pool', '60'], remove: ['rm', folder.resolve('pool') as String]])
            },
        ]
    }

    private CommandResource cluster(String name, Map how) {
        command("cluster $name", [set: [tool, 'create', name], remove: [tool, 'delete', name]] + how)
    }

    /** Words as the language makes them. */
    private CommandResource command(String name, Map given) {
        def text = { it instanceof CharSequence ? Text.of(it as String) : it }
        resource(name, given.collectEntries { key, value ->
            [key, value instanceof List ? value.collect(text) : text(value)]
        })
    }

    def "a value is shown as it was and as it will be"() {
        given:
        def desired = samples()['value'].call()
        converge(desired)
        Files.writeString(folder.resolve('pool'), '30\n')

        when:
        def change = converge(desired).get()

        then:
        change.action() == Action.UPDATE
        change.attributes().collect { [it.before().get() as String, it.after() as String] } == [['30', '60']]
        difference(desired).empty
    }

    def "one listing serves all that ask the same, until something changes"() {
        given:
        def host = newHost()
        def clusters = ('a'..'f').collect { cluster(it, [get: [tool, 'list'], expectLine: it]) }

        when:
        clusters.each { provider().observe(it, host) }

        then:
        asked() == ['list']

        when:
        host.invalidateAll()
        clusters.each { provider().observe(it, host) }

        then:
        asked() == ['list', 'list']
    }

    def "a failed look is not remembered: what it needs may be started later"() {
        given:
        def host = newHost()
        def desired = samples()['value'].call()

        expect:
        provider().observe(desired, host).empty

        when:
        Files.writeString(folder.resolve('pool'), '60\n')

        then:
        provider().observe(desired, host).present
    }

    def "what is still not as declared afterwards has failed"() {
        when:
        converge(command('cluster web', [get: [tool, 'list'], expectLine: 'web', set: [tool, 'idle']]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('still not as declared')
        failure.message.contains('old')
    }

    def "what is still there afterwards has not been removed"() {
        when:
        converge(command('cluster old', [test: [tool, 'exists', 'old'], set: ['true'], remove: [tool, 'idle']]), Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('still there')
    }

    def "without a command to remove it a failure says what to give"() {
        when:
        converge(command('cluster old', [test: [tool, 'exists', 'old'], set: ['true']]), Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.advice().get().contains('remove')
    }

    def "a command that fails is quoted, its secrets masked"() {
        given:
        def password = [PASSWORD: Text.of(Secret.of('s3cr3t'))]

        when:
        converge(command('x', [test: ['false'], set: [tool, 'fail'], environment: password]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('exit status 3')
        failure.message.contains('no: ********')
        !failure.message.contains('s3cr3t')
    }

    def "a state that is a secret is compared, and never shown: #given"() {
        given:
        def password = [environment: [PASSWORD: Text.of(Secret.of('s3cr3t'))]]
        def desired = command('x', [get: [tool, 'env'], set: ['true']] + password + given)

        expect:
        difference(desired).empty == met
        [desired, provider().observe(desired, newHost()).get()].every { it.state().get() as String != 's3cr3t' }

        where:
        given                                          || met
        [expect: Text.of(Secret.of('s3cr3t'))]         || true
        [expect: Text.of('other')]                     || false
        [expectLine: Text.of(Secret.of('s3cr3t'))]     || true
        [expect: 's3cr3t', sensitive: true]            || true
    }

    def "a look that does not end is stopped"() {
        when:
        converge(command('x', [test: [tool, 'sleep'], set: ['true'], timeout: Duration.ofMillis(300)]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('300ms')
    }

    def "a program that is still to be installed is no failure of the look, but of the change"() {
        given:
        def desired = command('x', [test: ['/opt/none/tool', 'test'], set: ['/opt/none/tool', 'set']])

        expect:
        provider().observe(desired, newHost()).empty

        when:
        provider().check(difference(desired).get(), newHost())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('/opt/none/tool')
    }

    def "a refresh runs its command, but not right after the creation"() {
        given:
        def desired = cluster('web', [test: [tool, 'exists', 'web'], refresh: [tool, 'restart', 'web']])
        def made = converge(desired)

        expect:
        provider().refreshes(desired)
        !provider().refreshes(cluster('web', [test: ['true']]))
        !provider().refresh(desired, made, newHost()).done
        provider().refresh(desired, Optional.empty(), newHost()).done
        asked().count('restart web') == 1
    }

    def "what cannot be judged, or is no command, is refused: #given"() {
        when:
        command('x', [set: ['true']] + given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [
            [:],
            [get: ['true']],
            [expect: 'x'],
            [get: ['true'], expect: 'x', expectLine: 'x'],
            [test: ['true'], get: ['true'], expect: 'x'],
            [test: ['a b']],
            [test: []],
            [test: ['true'], timeout: Duration.ZERO],
        ]
    }
}
