package dev.converge.faults

import dev.converge.cli.CliSpecification
import dev.converge.cli.Main
import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** What happens around a run while it goes on: it comes to its end and says so, and the next run does what is left. */
@Timeout(180)
class RunFaultSpec extends CliSpecification {
    @AutoCleanup('destroyForcibly')
    Process process

    /** A run that waits after its first file until it is told to go on. */
    private String waiting(String host = folder) {
        site("""
            file('$host/first') { content 'x' }
            exec('wait') {
                command 'sh', '-c', 'touch $folder/begun; until [ -e $folder/go ] || [ ! -e $folder/begun ]; do sleep 0.05; done'
                requires file['$host/first']
                creates '$folder/go'
            }
            file('$host/second') {
                content 'x'
                requires exec['wait']
            }
        """)
    }

    private List<String> command(String... arguments) {
        ["${System.getProperty('java.home')}/bin/java" as String, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), Main.name,
         '--state-dir', folder.resolve('state') as String, *arguments]
    }

    private void begin(List<String> words) {
        process = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start()
        new PollingConditions(timeout: 90).eventually { assert Files.exists(folder.resolve('begun')) }
    }

    private int end() {
        Files.createFile(folder.resolve('go'))
        process.waitFor(90, TimeUnit.SECONDS)
        process.exitValue()
    }

    private String said() {
        Files.readString(folder.resolve('said'))
    }

    private static void delete(Path path) {
        assert new ProcessBuilder('rm', '-rf', path as String).start().waitFor() == 0
    }

    def "its site is removed: the run goes on with what it has read"() {
        given:
        begin(command(waiting()))

        when:
        delete(folder.resolve('site'))

        then:
        end() == 0
        Files.exists(folder.resolve('second'))
    }

    def "its state is removed: nothing is shown as a bug, and the next run ends in sync"() {
        given:
        def site = waiting()
        begin(command(site))

        when:
        delete(folder.resolve('state'))
        int exit = end()

        then:
        exit in [0, 4, 6]
        !said().contains('bug')
        !said().contains('Exception')

        and:
        run(site) == 0
        run('--dry-run', site) == 0
    }

    def "a second run says who is at work, and changes nothing"() {
        given:
        def site = waiting()
        begin(command(site))

        expect:
        run(site) == 1
        err.contains("Process ${process.pid()}")
        !Files.exists(folder.resolve('second'))

        and:
        end() == 0
    }

    def "an exec that kills the run itself: the next run goes on from there"() {
        given:
        def site = site("""
            file('$folder/first') { content 'x' }
            exec('suicide') {
                command 'sh', '-c', 'mkdir $folder/done; kill -9 \$PPID'
                requires file['$folder/first']
                creates '$folder/done'
            }
            file('$folder/second') {
                content 'x'
                requires exec['suicide']
            }
        """)

        expect:
        new ProcessBuilder(command(site)).redirectErrorStream(true).redirectOutput(folder.resolve('said').toFile()).start().waitFor() == 137
        Files.exists(folder.resolve('first'))
        !Files.exists(folder.resolve('second'))

        and:
        run(site) == 0
        Files.exists(folder.resolve('second'))
    }

    @Requires({ ThisProcess.root && new File('/usr/bin/unshare').canExecute() })
    def "the file system under its hands goes away: what is left fails in words, and nothing is written elsewhere"() {
        given: 'a mount of its own namespace'
        Path host = Files.createDirectories(folder.resolve('mount'))
        def site = waiting("$host/disk")
        begin(['unshare', '--mount', '--propagation', 'private', 'sh', '-c', '''
            mount -t tmpfs none "$1" && mkdir "$1/disk" || exit 99
            here=$1 folder=$2
            shift 2
            "$@" & pid=$!
            until [ -e "$folder/begun" ]; do sleep 0.05; done
            umount -l "$here"
            touch "$folder/gone"
            wait $pid
        ''', 'sh', host as String, folder as String, *command(site)])
        new PollingConditions(timeout: 60).eventually { assert Files.exists(folder.resolve('gone')) }

        expect:
        end() == 6
        said().contains("$host/disk")
        !said().contains('Exception')
        host.toFile().list().length == 0
    }
}
