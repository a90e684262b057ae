package dev.converge.converger

import dev.converge.cli.Main
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.util.concurrent.locks.LockSupport
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** A run that is killed at any moment leaves every file old or new, and the next run goes on. */
@Timeout(120)
class KilledRunSpec extends Specification {
    static final int FILES = 300
    static final String OLD = 'old ' * 5000
    static final String NEW = 'new ' * 6000

    @TempDir
    Path folder

    private Process start() {
        String java = Path.of(System.getProperty('java.home'), 'bin', 'java')
        new ProcessBuilder(java, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'), Main.name,
            '--quiet', '--state-dir', folder.resolve('state') as String, folder.resolve('site.groovy') as String)
            .redirectErrorStream(true).redirectOutput(folder.resolve('output').toFile()).start()
    }

    private Path file(int number) {
        folder.resolve("f$number")
    }

    def "killed after file #number was replaced"() {
        given:
        FILES.times { Files.writeString(file(it), OLD) }
        Files.writeString(folder.resolve('site.groovy'), """
            for (int i = 0; i < $FILES; i++) {
                file("$folder/f\$i") { content 'new ' * 6000 }
            }
        """)

        when:
        def run = start()
        while (run.alive && Files.size(file(number)) == OLD.size()) {
            LockSupport.parkNanos(100_000)
        }
        run.destroyForcibly().waitFor()
        def contents = (0..<FILES).collect { Files.readString(file(it)) }

        then:
        contents.every { it == OLD || it == NEW }
        contents.contains(NEW)

        when:
        def second = start()

        then:
        second.waitFor() == 0
        (0..<FILES).every { Files.readString(file(it)) == NEW }
        Files.list(folder).withCloseable { it.toList() }.size() == FILES + 3

        where:
        number << [0, 1, 57, 200]
    }

    def "a refresh that a killed run owed is made up for, once, and its temporary file goes"() {
        given:
        Path gate = folder.resolve('gate')
        Path refreshed = folder.resolve('refreshed')
        Files.writeString(folder.resolve('site.groovy'), """
            def conf = file('$folder/conf') { content 'new' }
            exec('wait') {
                command 'sh', '-c', 'touch $folder/reached; while [ ! -e $gate ] && [ -d $folder ]; do sleep 0.1; done; touch $folder/done'
                creates '$folder/done'
                requires conf
            }
            exec('reload') {
                command 'sh', '-c', 'echo once >> $refreshed'
                refreshOnly true
                subscribes conf
                requires exec['wait']
            }
        """)

        when: 'it is killed between the change and the refresh'
        def run = start()
        new PollingConditions(timeout: 60, delay: 0.02).eventually { assert !run.alive || Files.exists(folder.resolve('reached')) }
        run.destroyForcibly().waitFor()
        Files.createFile(gate)

        then:
        Files.readString(folder.resolve('conf')) == 'new'
        !Files.exists(refreshed)

        when: 'it had a temporary file as well'
        Path journal = Files.list(folder.resolve('state/journal')).withCloseable { it.toList() }[0]
        Path left = Files.writeString(folder.resolve('.gone.converge-1a2b3c'), 'half')
        Path foreign = Files.writeString(folder.resolve('foreign'), 'not ours')
        Files.writeString(journal, [left, foreign].collect { "{\"event\":\"temporary\",\"path\":\"$it\"}\n" }.join(), StandardOpenOption.APPEND)
        def next = start()

        then:
        next.waitFor() == 0
        Files.readString(refreshed) == 'once\n'
        !Files.exists(left)
        Files.exists(foreign)
        Files.readString(folder.resolve('output')).contains('An earlier run was killed')

        when:
        def third = start()

        then:
        third.waitFor() == 0
        Files.readString(refreshed) == 'once\n'
        !Files.readString(folder.resolve('output')).contains('killed')
    }
}
