package dev.converge.host

import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.process.ThisProcess
import dev.converge.provider.Command
import dev.converge.provider.CommandResult
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.time.Duration
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** Real programs of the machine, each ended when its test ends. */
@Timeout(60)
class LocalCommandsSpec extends Specification {
    @TempDir
    Path folder

    LocalCommands commands = new LocalCommands(Path.of('/'))

    def "#argv ends with #exit, says #output and complains #errors"() {
        when:
        CommandResult result = commands.run(Command.of(argv))

        then:
        result.exit() == exit
        result.output() == output
        result.errors() == errors
        !result.timedOut()

        where:
        argv                                     | exit | output     | errors
        ['echo', 'a', '$HOME *']                 | 0    | 'a $HOME *\n' | ''
        ['sh', '-c', 'echo out; echo bad >&2; exit 3'] | 3 | 'out\n' | 'bad\n'
        ['printf', 'ü\\303\\274']                | 0    | 'üü'       | ''
        ['sh', '-c', 'kill -9 $$']               | 137  | ''         | ''
        ['cat']                                  | 0    | ''         | ''
        ['/usr/bin/env', 'true']                 | 0    | ''         | ''
    }

    def "the environment is made from scratch, and #added is added to it"() {
        when:
        List<String> lines = commands.run(Command.of('/usr/bin/env').environment(added)).output().readLines()

        then:
        lines.toSet() == [
            'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
            'LC_ALL=C.UTF-8',
            "HOME=${System.getProperty('user.home')}".toString()
        ].findAll { line -> !added.keySet().any { line.startsWith(it + '=') } }.toSet() + expected

        where:
        added                                           | expected
        [:]                                             | []
        [COLOR: Text.of('blue')]                        | ['COLOR=blue']
        [HOME: Text.of('/nowhere')]                     | ['HOME=/nowhere']
        [HOME: Text.of('')]                             | ['HOME=']
        [TOKEN: Text.of(Secret.of('s3same'))]           | ['TOKEN=s3same']
    }

    def "the program is looked up in the PATH that the command brings"() {
        given:
        script('converge-test-tool', 'echo found')

        expect:
        commands.run(Command.of('converge-test-tool').environment(PATH: Text.of("$folder:/bin".toString()))).output() == 'found\n'
    }

    def "it starts in #where and prints #expected"() {
        expect:
        commands.run(command).output() == expected

        where:
        where         | command                                        || expected
        'the root'    | Command.of('pwd')                              || '/\n'
        'its folder'  | Command.of('pwd').directory(Path.of('/usr'))   || '/usr\n'
    }

    def "what cannot be started is said before anything runs: #reason"() {
        given:
        Files.writeString(folder.resolve('plain'), '#!/bin/sh\n')

        when:
        action == 'run' ? commands.run(command(folder)) : commands.check(command(folder))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(reason)
        failure.advice().present

        where:
        [[command, reason], action] << [
            [
                [{ Command.of('converge-no-such-program') }, 'The program converge-no-such-program is not in /usr/local/sbin:'],
                [{ Command.of('/no/such/program') }, 'The program /no/such/program does not exist'],
                [{ Path f -> Command.of("$f/plain".toString()) }, 'plain is not executable'],
                [{ Command.of('true').directory(Path.of('/no/such/folder')) }, 'The working directory /no/such/folder does not exist'],
                [{ Command.of('true').user('converge-nobody') }, 'no user "converge-nobody"'],
            ],
            ['run', 'check']
        ].combinations()
    }

    def "a word that is longer than the kernel takes is told as such"() {
        when:
        commands.run(Command.of('true', 'x' * 200_000))

        then:
        ResourceFailure failure = thrown()
        failure.message.startsWith('The command is longer than the kernel takes')
    }

    def "standard input is the given text of #size bytes, whole"() {
        given:
        String text = 'x' * size

        expect:
        commands.run(Command.of('wc', '-c').input(Text.of(text))).output().trim() == "$size"

        where:
        size << [0, 1, 5_000_000]
    }

    def "a program that does not read its input still ends"() {
        expect:
        commands.run(Command.of('true').input(Text.of('x' * 1_000_000))).succeeded()
    }

    def "there is no terminal to ask at"() {
        expect:
        !commands.run(Command.of('sh', '-c', 'echo question > /dev/tty')).succeeded()
    }

    def "of ten megabytes of output the beginning and the end are kept"() {
        when:
        CommandResult result = commands.run(Command.of('sh', '-c',
                'echo first; head -c 10485760 /dev/zero | tr "\\0" x; echo; echo last'))

        then:
        result.succeeded()
        result.output().startsWith('first\n')
        result.output().endsWith('x\nlast\n')
        result.output().contains('[… 9437196 bytes left out …]')
        result.output().length() < 1_050_000
    }

    def "a child that keeps the output open does not hold up the run"() {
        given:
        Path pid = folder.resolve('pid')

        when:
        long start = System.nanoTime()
        CommandResult result = commands.run(Command.of('sh', '-c', "sleep 100 & echo \$! > $pid; echo started".toString()))

        then:
        result.succeeded()
        result.output() == 'started\n'
        Duration.ofNanos(System.nanoTime() - start) < Duration.ofSeconds(5)

        and: 'the child lives on'
        handle(pid).alive

        cleanup:
        handle(pid).destroyForcibly()
    }

    def "a child that never stops talking does not hold up the run"() {
        given:
        Path pid = folder.resolve('pid')

        when:
        long start = System.nanoTime()
        CommandResult result = commands.run(Command.of('sh', '-c', "yes & echo \$! > $pid".toString()))

        then:
        result.succeeded()
        Duration.ofNanos(System.nanoTime() - start) < Duration.ofSeconds(10)

        cleanup:
        handle(pid).destroyForcibly()
    }

    def "at its time limit a program ends with its grandchildren#stubborn"() {
        given:
        Path pid = folder.resolve('pid')

        when:
        CommandResult result = commands.run(Command.of('sh', '-c',
                "${trap}(sh -c 'echo \$\$ > $pid; ${trap}sleep 100; sleep 100' &) ; echo before; sleep 100; sleep 100".toString())
                .timeout(Duration.ofSeconds(1)))

        then:
        result.timedOut()
        !result.succeeded()
        result.output() == 'before\n'
        result.exit() == exit
        gone(pid)

        where:
        stubborn                          | trap             | exit
        ''                                | ''               | 143
        ', even when they ignore TERM'    | 'trap "" TERM; ' | 137
    }

    def "an interrupt ends the program"() {
        given:
        Path pid = folder.resolve('pid')
        Path ready = folder.resolve('ready')
        commands.run(Command.of('mkfifo', ready.toString()))
        Throwable seen = null
        Thread runner = new Thread({
            try {
                commands.run(Command.of('sh', '-c', "echo \$\$ > $pid; echo > $ready; sleep 100".toString()))
            } catch (InterruptedException e) {
                seen = e
            }
        })

        when:
        runner.start()
        Files.readString(ready)
        runner.interrupt()
        runner.join()

        then:
        seen instanceof InterruptedException
        gone(pid)
    }

    @Requires({ ThisProcess.root })
    def "as another user it has that user's numbers, groups and home"() {
        expect:
        commands.run(Command.of('sh', '-c', 'id -un; id -gn; id -Gn; echo $HOME').user('nobody')).output() ==
                'nobody\nnogroup\nnogroup\n/nonexistent\n'
    }

    @Requires({ ThisProcess.root })
    def "a folder that the user may not enter is named"() {
        given:
        Path closed = Files.createDirectory(folder.resolve('closed'))
        commands.run(Command.of('chmod', '0700', folder.toString()))

        when:
        commands.run(Command.of('pwd').user('nobody').directory(closed))

        then:
        ResourceFailure failure = thrown()
        failure.message == "The user \"nobody\" may not enter the working directory $closed."
    }

    @Requires({ ThisProcess.root })
    def "in a root folder programs and paths are those of the folder"() {
        given: 'a root with a shell and the libraries that it needs'
        Files.createDirectories(folder.resolve('srv'))
        String libraries = commands.run(Command.of('ldd', '/bin/sh')).output()
        (libraries.findAll('/\\S+') + ['/bin/sh']).each {
            Path copy = folder.resolve(it.substring(1))
            Files.createDirectories(copy.parent)
            Files.copy(Path.of(it).toRealPath(), copy, StandardCopyOption.COPY_ATTRIBUTES)
        }
        LocalCommands inside = new LocalCommands(folder)

        expect:
        inside.run(Command.of('/bin/sh', '-c', 'echo /*')).output().split().toList().containsAll(['/bin', '/srv'])
        inside.run(Command.of('/bin/sh', '-c', 'pwd').directory(Path.of('/srv'))).output() == '/srv\n'

        when:
        inside.run(Command.of('ls'))

        then:
        thrown(ResourceFailure)
    }

    def "a command with a secret is run with it, and is told of without"() {
        given:
        def command = new Command([Text.of('echo'), Text.of(Secret.of('s3same'))], [:], Optional.empty(), Optional.empty(),
                Optional.empty(), Duration.ofSeconds(5))

        expect:
        commands.run(command).output() == 's3same\n'
        command.toString() == "echo '********'"
    }

    private Path script(String name, String body) {
        Path file = folder.resolve(name)
        Files.writeString(file, "#!/bin/sh\n$body\n")
        file.toFile().setExecutable(true)
        file
    }

    private static ProcessHandle handle(Path pidFile) {
        ProcessHandle.of(Files.readString(pidFile).trim() as long).get()
    }

    /** A killed process that nobody has waited for yet counts as gone; on a busy machine it dies a moment after the signal. */
    private static boolean gone(Path pidFile) {
        def status = new File("/proc/${Files.readString(pidFile).trim()}/stat")
        new PollingConditions(timeout: 20, delay: 0.02).eventually {
            assert !status.exists() || status.text.split('\\) ')[1].startsWith('Z')
        }
        true
    }
}
