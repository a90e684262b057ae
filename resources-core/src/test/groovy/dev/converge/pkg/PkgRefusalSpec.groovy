package dev.converge.pkg

import static dev.converge.pkg.PackageRepository.NAME

import dev.converge.ResourceSpecification
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

/** What apt cannot do, or should not, is refused, in a dry run too. Needs root. */
@Requires({ TestHost.possible })
@Timeout(120)
class PkgRefusalSpec extends ResourceSpecification<PkgResource> implements TestPackages {
    @Shared
    @AutoCleanup
    DebianRoot debian = DebianRoot.make()

    @TempDir
    Path folder

    def "a removal that would take others along is refused, and names them"() {
        given:
        repository.add('converge-test-needs-a', '1.0', Depends: NAME)
        repository.publish()
        converge(pkg(name: 'converge-test-needs-a'))

        when:
        converge(pkg(), Ensure.ABSENT)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('converge-test-needs-a')
        repository.status(NAME).startsWith('install ok installed')
    }

    def "an installation that would remove others is refused"() {
        given:
        repository.add('converge-test-enemy', '1.0', Conflicts: NAME)
        repository.publish()
        converge(pkg())

        when:
        converge(pkg(name: 'converge-test-enemy'))

        then:
        thrown(ResourceFailure)
        repository.status(NAME).startsWith('install ok installed')
    }

    def "in a dry run too, #wanted fails: #reason"() {
        given:
        repository.add('converge-test-real', '1.0', Provides: 'converge-test-virtual')
        repository.publish()
        repository.run('apt-get', '-y', 'install', "$NAME=2.0")
        def host = newHost()
        def change = change(pkg(wanted), host, ensure)

        when:
        def dry = provider().checkAll([change], host).values()
        def live = provider().applyAll([change], host).values()

        then:
        dry.size() == 1
        dry[0].message.contains(reason) || dry[0].advice().get().contains(reason)
        live[0].message == dry[0].message

        where:
        wanted                                     | ensure         || reason
        [name: 'converge-tset-a']                  | Ensure.PRESENT || 'Did you mean "converge-test-a"?'
        [name: 'converge-test-a', version: '9.*']  | Ensure.PRESENT || '2.0, 1.1, 1.0'
        [name: 'converge-test-b', version: '1.0']  | Ensure.PRESENT || '1:1.0-1'
        [version: '1.0']                           | Ensure.PRESENT || 'newer version than 1.0'
        [name: 'converge-test-virtual']            | Ensure.PRESENT || 'virtual'
        [name: 'converge-test-b', source: '/none'] | Ensure.PRESENT || 'no file /none'
        [name: 'dpkg']                             | Ensure.ABSENT  || 'essential'
    }
}
