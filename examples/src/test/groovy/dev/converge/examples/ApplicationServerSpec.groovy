package dev.converge.examples

import dev.converge.Converge
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/** Middleware behind a command line, really set up and asked. */
@Stepwise
@Requires({ Machine.ours && !Files.exists(ApplicationServerSpec.PROGRAMS) && !Files.exists(ApplicationServerSpec.DOMAIN) })
class ApplicationServerSpec extends Specification {
    static final Path PROGRAMS = Path.of('/opt/appserver')
    static final Path DOMAIN = Path.of('/var/lib/appserver')

    @Shared
    @TempDir
    Path folder

    def cleanupSpec() {
        PROGRAMS.toFile().deleteDir()
        DOMAIN.toFile().deleteDir()
    }

    def "a run makes clusters and instances, each with its memory"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        DOMAIN.toFile().list().sort() == ['batch', 'web']
        ['web/web-1', 'web/web-2', 'batch/night'].collect { Files.readString(DOMAIN.resolve(it)) } == ['heap=1g\n', 'heap=1g\n', 'heap=512m\n']
    }

    def "a second run changes nothing"() {
        expect:
        converge().out.contains('changed 0, failed 0')
    }

    def "what an administrator changed by hand comes back, and nothing else is touched"() {
        given:
        Machine.run("$PROGRAMS/bin/asadmin", 'set', 'web', 'web-2', 'heap', '64m')

        when:
        def ran = converge()

        then:
        ran.changes == ['command[heap of web/web-2]']
        ran.out.contains('64m') && ran.out.contains('1g')
        Files.readString(DOMAIN.resolve('web/web-2')) == 'heap=1g\n'
    }

    private Converge.Ended converge() {
        Converge.HERE.run(folder.resolve('state'), 'examples/application-server')
    }
}
