package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/** The file that must never be wrong, judged by the real visudo. */
@Stepwise
@Requires({ Machine.ours && Machine.isInstalled('sudo') && !Machine.isGroup('ops') })
class SudoersSpec extends Specification {
    static final Path OPS = Path.of('/etc/sudoers.d/ops')

    @Shared
    @AutoCleanup
    AutoCloseable turn = Machine.turn('accounts')

    @Shared
    @TempDir
    Path folder

    def cleanupSpec() {
        Files.deleteIfExists(OPS)
        Machine.removeAccounts('ops')
    }

    def "a run writes it as sudo wants it"() {
        when:
        def ran = converge('examples/sudoers')

        then:
        ran.exit == 0
        Machine.run('stat', '-c', '%U:%G %a', "$OPS").trim() == 'root:root 440'
        Machine.run('visudo', '-c').contains("$OPS: parsed OK")
    }

    def "a second run changes nothing"() {
        expect:
        converge('examples/sudoers').out.contains('changed 0, failed 0')
    }

    def "a content that visudo refuses fails, and the old file stays"() {
        given:
        def before = Files.readString(OPS)
        def broken = Repository.text('examples/sudoers/site.groovy').replace('(ALL:ALL)', '(ALL:ALL')

        when:
        def ran = converge(Files.writeString(folder.resolve('broken.groovy'), broken).toString())

        then:
        ran.exit == 4
        ran.out.contains('syntax error')
        Files.readString(OPS) == before
        OPS.parent.toFile().list().every { !it.contains('converge') }
        Machine.run('visudo', '-c')
    }

    private Converge.Ended converge(String site) {
        Converge.HERE.run(folder.resolve('state'), site)
    }
}
