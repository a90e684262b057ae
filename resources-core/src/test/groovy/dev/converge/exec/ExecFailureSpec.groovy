package dev.converge.exec

import dev.converge.model.Secret
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Timeout

/** What a failure tells, and what it must not tell. */
@Timeout(60)
class ExecFailureSpec extends ExecFixture {
    private static final Secret TOKEN = Secret.of('s3same-0pen')

    def "a program that is missing is told by the check"() {
        when:
        provider.check(change(exec(command: ['no-such-program'], umask: '0022')).get(), host())

        then:
        ResourceFailure failure = thrown()
        failure.message.startsWith('The program no-such-program is not in ')
        failure.advice().present
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "a folder that the user may not enter is told by the check"() {
        given:
        Path closed = Files.createDirectory(folder.resolve('closed'))
        closed.toFile().with { setExecutable(false, false); setReadable(false, false) }

        when:
        provider.check(change(exec(command: ['true'], cwd: closed, user: 'nobody')).get(), host())

        then:
        ResourceFailure failure = thrown()
        failure.message == "The user \"nobody\" may not enter the working directory $closed."
    }

    def "exit status #exit is #verdict when #returns mean success"() {
        when:
        boolean failed = false
        try {
            converge(exec(shell: "exit $exit", returns: returns))
        } catch (ResourceFailure e) {
            failed = true
            assert e.message.contains("exit status $exit; ${returns.join(' or ')} means success")
        }

        then:
        failed == (verdict == 'a failure')

        where:
        exit | returns || verdict
        0    | [0]     || 'a success'
        1    | [0]     || 'a failure'
        3    | [0, 3]  || 'a success'
        0    | [3]     || 'a failure'
    }

    def "a failure tells #what"() {
        when:
        converge(exec([shell: script] + given))

        then:
        ResourceFailure failure = thrown()
        failure.message == message
        failure.advice().present

        where:
        what                        | script                                   | given                              || message
        'the last lines of errors'  | 'echo out; seq 1 30 >&2; exit 7'         | [:]                                || 'The command "echo out; seq 1 30 >&2; exit 7" ended with exit status 7; 0 means success. It said:\n' + (21..30).join('\n')
        'the output without errors' | 'echo out; exit 7'                       | [:]                                || 'The command "echo out; exit 7" ended with exit status 7; 0 means success. It said:\nout'
        'that nothing was said'     | 'exit 7'                                 | [:]                                || 'The command "exit 7" ended with exit status 7; 0 means success. It said nothing.'
        'nothing that is sensitive' | 'echo out; exit 7'                       | [sensitive: true]                  || 'The command "echo out; exit 7" ended with exit status 7; 0 means success. Its output is sensitive and not shown.'
        'only the first line'       | 'set -e\nfalse\n'                        | [:]                                || 'The command "set -e …" ended with exit status 1; 0 means success. It said nothing.'
        'how often it was tried'    | 'exit 7'                                 | [tries: 3]                         || 'The command "exit 7" ended with exit status 7 in all of its 3 tries; 0 means success. It said nothing.'
        'that it took too long'     | 'echo begun; sleep 100'                  | [timeout: Duration.ofMillis(500)]  || 'The command "echo begun; sleep 100" did not end within 500ms. It said:\nbegun'
    }

    def "of a large output a failure shows a little"() {
        when:
        converge(exec(shell: 'head -c 10000000 /dev/zero | tr "\\0" x; exit 1'))

        then:
        ResourceFailure failure = thrown()
        failure.message.endsWith('xxx')
        failure.message.length() < 5_000
    }

    def "at the time limit everything that it started is stopped"() {
        when:
        converge(exec(shell: "sleep 100 & echo \$! > $folder/made; wait", timeout: Duration.ofSeconds(1)))

        then:
        thrown(ResourceFailure)
        ProcessHandle.of(Files.readString(made()).trim() as long).map { it.onExit().get(10, TimeUnit.SECONDS); true }.orElse(true)
    }

    def "a secret in #place reaches the command and no message"() {
        given:
        ExecResource resource = exec(given)

        when:
        ExecProvider.execute(resource, host())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(Secret.MASK)
        !failure.message.contains(TOKEN.reveal())

        when: 'it succeeds, what it got can be seen'
        ExecProvider.execute(exec(given + [returns: [1]]), host())

        then:
        noExceptionThrown()

        where:
        place         | given
        'shell'       | [shell: secretly('t=', TOKEN, '; echo got $t >&2; test "$t" != s3same-0pen')]
        'command'     | [command: ['sh', '-c', 'echo got $0 >&2; test $0 != s3same-0pen', secretly(TOKEN)]]
        'environment' | [shell: 'echo got $T; test $T != s3same-0pen', environment: [T: secretly(TOKEN)]]
        'input'       | [shell: 'read t; echo got $t; test $t != s3same-0pen', input: secretly(TOKEN, '\n')]
    }

    def "a secret in a script or a guard is in no list of processes"() {
        given:
        String look = "tr '\\0' ' ' < /proc/\$\$/cmdline >> $folder/made; "

        when:
        converge(exec(shell: secretly(look, ': ', TOKEN), onlyIf: [secretly(look, ': ', TOKEN)]))

        then:
        Files.readString(made()).contains('/bin/sh -c')
        !Files.readString(made()).contains(TOKEN.reveal())
    }
}
