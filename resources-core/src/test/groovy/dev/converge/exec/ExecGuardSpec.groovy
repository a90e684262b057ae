package dev.converge.exec

import dev.converge.provider.Action
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Requires
import spock.lang.Timeout

/** When a command runs and when it does not. */
@Timeout(60)
class ExecGuardSpec extends ExecFixture {
    def "with #guards it #does"() {
        given:
        Files.writeString(folder.resolve('there'), '')
        Map given = guards.collectEntries { key, value -> [key, value.collect { it.replace('@', folder.toString()) }] }

        expect:
        change(exec([shell: 'true'] + given)).present == (does == 'runs')

        where:
        guards                                             || does
        [:]                                                || 'runs'
        [creates: ['@/there']]                             || 'does not run'
        [creates: ['@/missing']]                           || 'runs'
        [creates: ['@/missing', '@/there']]                || 'does not run'
        [onlyIf: ['true']]                                 || 'runs'
        [onlyIf: ['false']]                                || 'does not run'
        [onlyIf: ['true', 'false']]                        || 'does not run'
        [onlyIf: ['no-such-program']]                      || 'does not run'
        [unless: ['true']]                                 || 'does not run'
        [unless: ['false']]                                || 'runs'
        [unless: ['false', 'true']]                        || 'does not run'
        [unless: ['no-such-program']]                      || 'runs'
        [onlyIf: ['true'], unless: ['true']]               || 'does not run'
        [onlyIf: ['true'], creates: ['@/there']]           || 'does not run'
    }

    def "a guard runs in the command's folder, with its environment"() {
        given:
        Files.writeString(folder.resolve('here'), '')

        expect:
        change(exec(shell: 'true', onlyIf: ['test -e here && test "$COLOR" = blue'], cwd: folder, environment: [COLOR: 'blue'])).present
        change(exec(shell: 'true', onlyIf: ['test -e here'])).empty
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "the command and its guards run as the user"() {
        given:
        made().toFile().with { createNewFile(); setWritable(true, false) }
        folder.toFile().with { setExecutable(true, false); setReadable(true, false) }

        when:
        converge(exec(shell: "id -un > $folder/made", onlyIf: ['test $(id -un) = nobody'], user: 'nobody'))

        then:
        Files.readString(made()) == 'nobody\n'
    }

    def "a guard that cannot start leaves the verdict to the check: #problem"() {
        given:
        ExecResource guarded = exec([command: ['true'], onlyIf: ['false']] + given)

        when:
        def change = change(guarded)

        then:
        change.get().action() == Action.CREATE

        when:
        provider.check(change.get(), host())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(problem)

        when:
        provider.apply(change.get(), host())

        then:
        thrown(ResourceFailure)

        where:
        given                             || problem
        [cwd: Path.of('/no/such/folder')] || 'The working directory /no/such/folder does not exist'
        [user: 'converge-nobody']         || 'no user "converge-nobody"'
    }

    def "a guard that does not end is a failure"() {
        when:
        change(exec(shell: 'true', onlyIf: ['sleep 100'], timeout: Duration.ofMillis(200)))

        then:
        ResourceFailure failure = thrown()
        failure.message == 'The guard "sleep 100" did not end within 200ms.'
    }

    def "a refresh runs it #times times"() {
        given:
        ExecResource resource = exec([shell: "echo x >> $folder/made"] + given)

        when:
        def refresh = provider.refresh(resource, Optional.empty(), host())

        then:
        provider.refreshes(resource)
        refresh.done == times > 0
        (Files.exists(made()) ? Files.readAllLines(made()).size() : 0) == times

        where:
        given                                   || times
        [:]                                     || 1
        [refreshOnly: true]                     || 1
        [refreshOnly: true, unless: ['true']]   || 0
        [refreshOnly: true, onlyIf: ['false']]  || 0
        [refreshOnly: true, creates: ['/tmp']]  || 0
    }
}
