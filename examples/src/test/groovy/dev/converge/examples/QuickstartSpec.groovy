package dev.converge.examples

import dev.converge.Converge
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/** The first ten minutes, as README.md tells them. */
@Stepwise
class QuickstartSpec extends Specification {
    static final Path HOME = Path.of('/tmp/converge-quickstart')
    static final Path HELLO = HOME.resolve('hello.txt')

    @Shared
    @AutoCleanup
    AutoCloseable turn = Machine.turn('quickstart')

    @Shared
    @TempDir
    Path state

    def setupSpec() {
        HOME.toFile().deleteDir()
    }

    def cleanupSpec() {
        HOME.toFile().deleteDir()
    }

    def "a dry run shows what would change, and changes nothing"() {
        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.out.contains('+Hello from ')
        !Files.exists(HOME)
    }

    def "a run makes it"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        Files.readString(HELLO).startsWith('Hello from ')
        Files.readSymbolicLink(HOME.resolve('latest')) == HELLO
    }

    def "a second run changes nothing"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.out.contains('changed 0, failed 0, skipped 0')
    }

    def "what was changed by hand is what the next dry run shows"() {
        given:
        Files.writeString(HELLO, Files.readString(HELLO).replace('Hello', 'Goodbye'))

        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.changes == ["file[$HELLO]", 'exec[count the words]']
        (tried.out =~ /(?m)^ +([-+]\w+) from/).collect { it[1] } == ['-Goodbye', '+Hello']
        Files.readString(HELLO).startsWith('Goodbye')
    }

    def "the next run puts it back, and keeps what it replaced"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.changes == ["file[$HELLO]", 'exec[count the words]']
        Files.readString(HELLO).startsWith('Hello')

        and:
        def kept = Files.walk(state.resolve('backups/objects')).withCloseable { it.filter(Files::isRegularFile).toList() }
        kept.any { Files.readString(it).startsWith('Goodbye from ') }
    }

    def "restore last takes that back, and what a first run has made, whole"() {
        expect:
        restore().exit == 0
        Files.readString(HELLO).startsWith('Goodbye')

        when:
        HOME.toFile().deleteDir()
        def again = converge()
        def back = restore()

        then:
        again.exit == 0
        back.exit == 0
        back.out.contains("link[$HOME/latest]")
        !Files.exists(HOME)
    }

    private Converge.Ended restore() {
        Converge.HERE.shell("./converge --state-dir=$state restore last")
    }

    private Converge.Ended converge(String... options) {
        Converge.HERE.run(state, *options, 'examples/quickstart')
    }
}
