package dev.converge.exec

import dev.converge.ProviderContractSpec
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.InvalidValueException
import dev.converge.model.Mode
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Commands that really run; what they leave behind is in a temporary folder. */
@Timeout(60)
class ExecSpec extends ProviderContractSpec<ExecResource> {
    private static final Secret TOKEN = Secret.of('s3same-0pen')

    @TempDir
    Path folder

    @Override
    ExecType schema() {
        new ExecType()
    }

    @Override
    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    }

    @Override
    Collection<Path> watched() {
        [folder]
    }

    @Override
    Map<String, Closure<ExecResource>> samples() {
        [
            'line that is the name': { exec(name: "touch $folder/made", creates: [made()]) },
            'list of words': { exec(command: ['touch', made()], creates: [made()]) },
            'script under guards': {
                exec(shell: "echo x > $folder/made", unless: ["test -e $folder/made"], onlyIf: ['true', 'test -d /'])
            },
            'command that only a refresh runs': { exec(command: ['false'], refreshOnly: true) },
        ]
    }

    def "no shell reads the words of a command"() {
        when:
        converge(exec(command: ['sh', '-c', 'printf "%s|" "$@" > "$0"', made(), '$HOME', 'a b', '*', "it's", '']))

        then:
        Files.readString(made()) == '$HOME|a b|*|it\'s||'
    }

    def "a script of several lines runs whole"() {
        when:
        converge(exec(shell: "for i in 1 2 3\ndo\n  echo \$i\ndone > $folder/made\n"))

        then:
        Files.readString(made()) == '1\n2\n3\n'
    }

    def "with #guards it #does"() {
        given:
        Files.writeString(folder.resolve('there'), '')
        Map given = guards.collectEntries { key, value -> [key, value.collect { it.replace('@', folder.toString()) }] }

        expect:
        difference(exec([shell: 'true'] + given)).present == (does == 'runs')

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
        difference(exec(shell: 'true', onlyIf: ['test -e here && test "$COLOR" = blue'], cwd: folder, environment: [COLOR: 'blue'])).present
        difference(exec(shell: 'true', onlyIf: ['test -e here'])).empty
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
        def change = difference(guarded)

        then:
        change.get().action() == Action.CREATE

        when:
        provider().check(change.get(), newHost())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(problem)

        when:
        provider().apply(change.get(), newHost())

        then:
        thrown(ResourceFailure)

        where:
        given                             || problem
        [cwd: Path.of('/no/such/folder')] || 'The working directory /no/such/folder does not exist'
        [user: 'converge-nobody']         || 'no user "converge-nobody"'
    }

    def "a program that is missing is told by the check"() {
        when:
        provider().check(difference(exec(command: ['no-such-program'], umask: '0022')).get(), newHost())

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
        provider().check(difference(exec(command: ['true'], cwd: closed, user: 'nobody')).get(), newHost())

        then:
        ResourceFailure failure = thrown()
        failure.message == "The user \"nobody\" may not enter the working directory $closed."
    }

    def "it starts in #place"() {
        when:
        converge(exec([shell: "pwd > $folder/made"] + (given ? [cwd: folder] : [:])))

        then:
        Files.readString(made()) == (given ? "$folder\n" : '/\n')

        where:
        place                      | given
        'the root by default'      | false
        'the folder that is given' | true
    }

    def "a variable that is #how is #shown"() {
        when:
        converge(exec(shell: "echo \"\${$name-unset}\" > $folder/made", environment: added))

        then:
        Files.readString(made()) == "$shown\n"

        where:
        how                     | name     | added          || shown
        'set'                   | 'COLOR'  | [COLOR: 'red'] || 'red'
        'overridden'            | 'LC_ALL' | [LC_ALL: 'C']  || 'C'
        'overridden with empty' | 'LC_ALL' | [LC_ALL: '']   || ''
        'only Converge\'s own'  | 'USER'   | [:]            || 'unset'
    }

    def "programs are looked for in path"() {
        given:
        Path tool = folder.resolve('converge-test-tool')
        Files.writeString(tool, "#!/bin/sh\n/bin/touch $folder/made\n")
        tool.toFile().setExecutable(true)

        when:
        converge(exec([path: [folder, Path.of('/bin')]] + form))

        then:
        Files.exists(made())

        where:
        form << [[command: ['converge-test-tool']], [shell: 'converge-test-tool'], [command: ['converge-test-tool'], umask: '0022']]
    }

    def "files get no bits of the umask #umask"() {
        when:
        converge(exec([umask: umask] + form.call(made())))

        then:
        Files.getPosixFilePermissions(made())*.toString().sort() == bits

        where:
        [umask, bits, form] << [
            [['0077', ['OWNER_READ', 'OWNER_WRITE']], ['0222', ['GROUP_READ', 'OTHERS_READ', 'OWNER_READ']]],
            [{ Path made -> [command: ['touch', made]] }, { Path made -> [shell: "touch $made"] }]
        ].combinations().collect { first, form -> [first[0], first[1], form] }
    }

    def "standard input is #input"() {
        when:
        converge(exec([shell: "cat > $folder/made"] + (input == null ? [:] : [input: input])))

        then:
        Files.readString(made()) == (input ?: '')

        where:
        input << ['several\nlines ü\n', null]
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

    def "a large output of a success is no matter"() {
        expect:
        converge(exec(shell: 'head -c 10000000 /dev/zero')).present
    }

    def "a script that leaves a child with the output open does not hold up the run"() {
        when:
        long start = System.nanoTime()
        converge(exec(shell: "sleep 100 & echo \$! > $folder/made"))

        then:
        Duration.ofNanos(System.nanoTime() - start) < Duration.ofSeconds(10)

        cleanup:
        ProcessHandle.of(Files.readString(made()).trim() as long).ifPresent { it.destroyForcibly() }
    }

    def "at the time limit everything that it started is stopped"() {
        when:
        converge(exec(shell: "sleep 100 & echo \$! > $folder/made; wait", timeout: Duration.ofSeconds(1)))

        then:
        thrown(ResourceFailure)
        ProcessHandle.of(Files.readString(made()).trim() as long).map { it.onExit().get(10, TimeUnit.SECONDS); true }.orElse(true)
    }

    def "it is tried until it succeeds, at most #tries times"() {
        when:
        boolean failed = false
        try {
            converge(exec(shell: "echo x >> $folder/made; test \$(wc -l < $folder/made) -ge 3", tries: tries, trySleep: Duration.ofMillis(10)))
        } catch (ResourceFailure e) {
            failed = true
        }

        then:
        Files.readAllLines(made()).size() == ran
        failed == fails

        where:
        tries || ran | fails
        1     || 1   | true
        2     || 2   | true
        3     || 3   | false
        9     || 3   | false
    }

    def "a guard that does not end is a failure"() {
        when:
        difference(exec(shell: 'true', onlyIf: ['sleep 100'], timeout: Duration.ofMillis(200)))

        then:
        ResourceFailure failure = thrown()
        failure.message == 'The guard "sleep 100" did not end within 200ms.'
    }

    def "a refresh runs it #times times"() {
        given:
        ExecResource resource = exec([shell: "echo x >> $folder/made"] + given)

        when:
        provider().refresh(resource, newHost())

        then:
        provider().refreshes(resource)
        (Files.exists(made()) ? Files.readAllLines(made()).size() : 0) == times

        where:
        given                                   || times
        [:]                                     || 1
        [refreshOnly: true]                     || 1
        [refreshOnly: true, unless: ['true']]   || 0
        [refreshOnly: true, onlyIf: ['false']]  || 0
        [refreshOnly: true, creates: ['/tmp']]  || 0
    }

    def "a secret in #place reaches the command and no message"() {
        given:
        ExecResource resource = exec(given)

        when:
        ExecProvider.execute(resource, newHost())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(Secret.MASK)
        !failure.message.contains(TOKEN.reveal())

        when: 'it succeeds, what it got can be seen'
        ExecProvider.execute(exec(given + [returns: [1]]), newHost())

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

    def "attributes that contradict each other are refused: #given"() {
        when:
        exec(given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [
            [command: ['true'], shell: 'true'],
            [command: []],
            [command: ['']],
            [command: ['nginx -s reload']],
            [returns: []],
            [returns: [256]],
            [returns: [-1]],
            [tries: 0],
            [timeout: Duration.ZERO],
            [umask: 'u=rwx'],
            [environment: ['A=B': 'x']],
            [environment: [PATH: '/bin'], path: [Path.of('/bin')]],
        ]
    }

    def "a manifest writes it as #body"() {
        given:
        Path site = Files.writeString(folder.resolve('site.groovy'), "exec('echo hello') {\n$body\n}\n")

        when:
        def compiled = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
                .compile(Site.open(site).value().get(), new Facts(new FixedFacts([:])))

        then:
        compiled.diagnostics().empty
        compiled.value().get().resources().first().desired() == exec([name: 'echo hello'] + expected)

        where:
        body                                                      || expected
        ''                                                        || [:]
        "command 'nginx', '-s', 'reload'"                         || [command: ['nginx', '-s', 'reload']]
        "command(['nginx', '-s', 'reload'])"                      || [command: ['nginx', '-s', 'reload']]
        "shell 'a | b'\ncreates '/tmp'\nreturns 0, 2"             || [shell: 'a | b', creates: ['/tmp'], returns: [0, 2]]
        "onlyIf 'a', 'b'\nunless 'c'\nrefreshOnly true"           || [onlyIf: ['a', 'b'], unless: ['c'], refreshOnly: true]
        "user 'www'\ncwd '/srv'\nenvironment A: 'b', N: 1"        || [user: 'www', cwd: Path.of('/srv'), environment: [A: 'b', N: '1']]
        "timeout '1h'\ntries 3\ntrySleep '2s'\numask '0027'"      || [timeout: Duration.ofHours(1), tries: 3, trySleep: Duration.ofSeconds(2), umask: '0027']
        "path '/opt/x/bin', '/bin'\ninput 'yes'\nsensitive true"  || [path: [Path.of('/opt/x/bin'), Path.of('/bin')], input: 'yes', sensitive: true]
    }

    private Path made() {
        folder.resolve('made')
    }

    private static Text secretly(Object... parts) {
        Text.of(parts.toList())
    }

    private static Text text(Object value) {
        value instanceof Text ? value : Text.of(value.toString())
    }

    private static ExecResource exec(Map given) {
        new ExecResource(
                (given.name ?: 'a command').toString(),
                Optional.ofNullable(given.command).map { it.collect { word -> text(word) } },
                Optional.ofNullable(given.shell).map { text(it) },
                (given.creates ?: []).collect { Path.of(it.toString()) },
                (given.onlyIf ?: []).collect { text(it) },
                (given.unless ?: []).collect { text(it) },
                given.refreshOnly ?: false,
                Optional.ofNullable(given.user),
                Optional.ofNullable(given.cwd),
                (given.environment ?: [:]).collectEntries { key, value -> [key, text(value)] },
                given.path ?: [],
                Optional.ofNullable(given.umask).map { Mode.parse(it) },
                Optional.ofNullable(given.input).map { text(it) },
                given.timeout ?: Duration.ofMinutes(5),
                given.tries == null ? 1 : given.tries,
                given.trySleep ?: Duration.ZERO,
                given.returns == null ? [0] : given.returns,
                given.sensitive ?: false)
    }
}
