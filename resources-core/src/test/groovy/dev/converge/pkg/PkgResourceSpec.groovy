package dev.converge.pkg

import static dev.converge.pkg.PackageRepository.NAME

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.DebianRoot
import dev.converge.testhost.TestHost
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** Packages of Debian, and which version of them is there. Needs root. */
@Requires({ TestHost.possible })
@Timeout(120)
class PkgResourceSpec extends ProviderContractSpec<PkgResource> implements TestPackages {
    @Shared
    @AutoCleanup
    DebianRoot debian = DebianRoot.make()

    @TempDir
    Path folder

    @Override
    Collection<Path> watched() {
        [debian.path(DpkgDatabase.STATUS), folder.resolve('state')]
    }

    /** What dpkg and apt write down for themselves stays. */
    @Override
    Collection<Path> undoable() {
        []
    }

    @Override
    Map<String, Closure<PkgResource>> samples() {
        [
            'plain package': { pkg() },
            'latest package': { pkg(version: 'latest') },
            'package of one version': { pkg(version: '1.1') },
            'package of a version that begins so': { pkg(version: '1.*') },
            'held package': { pkg(hold: true) },
            'package that is not held': { pkg(hold: false) },
            'package from a file': { pkg(source: file('1.1')) },
            'package without recommended ones': { pkg(recommends: false) },
            'package with its own architecture': { pkg(name: 'converge-test-b') },
            'purged package': { pkg(purge: true) },
        ]
    }

    def "from #before, #wanted gives version #after"() {
        given:
        before?.with { repository.run('apt-get', '-y', 'install', "$NAME=$it") }

        when:
        def change = converge(pkg(wanted))

        then:
        repository.status(NAME) == "install ok installed $after"
        change.present == (before != after)
        difference(pkg(wanted)).empty

        where:
        before | wanted                                 || after
        null   | [:]                                    || '2.0'
        '1.0'  | [:]                                    || '1.0'
        '1.0'  | [version: 'latest']                    || '2.0'
        '2.0'  | [version: 'latest']                    || '2.0'
        '1.0'  | [version: '1.1']                       || '1.1'
        '1.0'  | [version: '1.*']                       || '1.0'
        null   | [version: '1.*']                       || '1.1'
        '2.0'  | [version: '1.0', allowDowngrade: true] || '1.0'
        '2.0'  | [version: '1.*', allowDowngrade: true] || '1.1'
    }

    def "a package file of version #wanted upgrades #before to #after"() {
        given:
        repository.run('apt-get', '-y', 'install', "$NAME=$before")

        when:
        converge(pkg(source: file(wanted), allowDowngrade: true))

        then:
        repository.status(NAME) == "install ok installed $after"

        where:
        before | wanted || after
        '1.0'  | '1.1'  || '1.1'
        '1.1'  | '1.1'  || '1.1'
        '2.0'  | '1.1'  || '1.1'
    }

    def "a package is held, kept, and released"() {
        when:
        converge(pkg(version: '1.0', hold: true))

        then:
        repository.status(NAME) == 'hold ok installed 1.0'

        when:
        converge(pkg(version: '1.1', hold: true))

        then:
        repository.status(NAME) == 'hold ok installed 1.1'

        when:
        converge(pkg(version: '2.0'))

        then:
        thrown(ResourceFailure)
        repository.status(NAME) == 'hold ok installed 1.1'

        when:
        def change = converge(pkg(hold: false)).get()

        then:
        change.attributes()*.attribute()*.name() == ['hold']
        repository.status(NAME) == 'install ok installed 1.1'

        when:
        converge(pkg(hold: true))
        converge(pkg(), Ensure.ABSENT)

        then:
        difference(pkg(), Ensure.ABSENT).empty
    }

    def "describes the packages of the host"() {
        given:
        converge(pkg(version: '1.1', hold: true))

        expect:
        new PkgProvider().names(newHost()).containsAll(['dpkg', NAME])
        with(new PkgProvider().inspect(NAME, newHost()).get()) {
            it.version() == PkgVersion.parse('1.1')
            it.hold().get()
        }
        new PkgProvider().inspect('converge-test-none', newHost()).empty
    }
}
