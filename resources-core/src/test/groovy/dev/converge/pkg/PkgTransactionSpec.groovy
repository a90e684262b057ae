package dev.converge.pkg

import static dev.converge.pkg.PackageRepository.NAME

import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.testhost.DebianRoot
import dev.converge.testhost.TestHost
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** How often apt is asked and told something when packages are many. Needs root. */
@Requires({ TestHost.possible })
@Timeout(120)
class PkgTransactionSpec extends ResourceSpecification<PkgResource> implements TestPackages {
    @Shared
    @AutoCleanup
    DebianRoot debian = DebianRoot.make()

    @TempDir
    Path folder

    def "many packages go into one transaction, and one that fails does not keep the others"() {
        given:
        repository.add('converge-test-bad', '1.0', postinst: 'echo what went wrong >&2; exit 7')
        repository.publish()
        def names = [NAME, 'converge-test-b'] + (bad ? ['converge-test-bad', 'converge-test-none'] : [])
        def host = newHost()
        def changes = names.collect { change(pkg(name: it), host) }
        repository.ran.clear()

        when:
        def failed = provider().applyAll(changes, host)

        then:
        failed.keySet()*.name() as Set == names.drop(2) as Set
        [NAME, 'converge-test-b'].every { repository.status(it).startsWith('install ok installed') }
        repository.ran.count { it.startsWith('apt-get install') } == transactions
        !bad || failed.values()*.message.join().contains('apt knows no package "converge-test-none"')

        where:
        bad   || transactions
        false || 1
        true  || 1
    }

    def "packages are removed in one transaction"() {
        given:
        def all = [pkg(), pkg(name: 'converge-test-b')]
        all.each { converge(it) }
        def host = newHost()
        def changes = all.collect { change(it, host, Ensure.ABSENT) }
        repository.ran.clear()

        expect:
        provider().applyAll(changes, host).isEmpty()
        repository.ran.count { it.startsWith('apt-get remove') } == 1
        all.every { difference(it, Ensure.ABSENT).empty }
    }

    def "the lists are refreshed when a name is unknown, once in a run, and never in a dry run"() {
        given:
        repository.add('converge-test-new', '1.0')
        repository.index()
        def host = newHost()
        def changes = ['converge-test-new', 'converge-test-none'].collect { change(pkg(name: it), host) }

        when:
        provider().checkAll(changes, host)

        then:
        !repository.ran.any { it.endsWith(' update') }

        when:
        def failed = provider().applyAll(changes, host)
        provider().applyAll(changes.drop(1), host)

        then:
        failed.keySet()*.name() == ['converge-test-none']
        repository.ran.count { it.endsWith(' update') } == 1
    }

    def "what apt can do is asked once for many packages"() {
        given:
        def host = newHost()

        when:
        [NAME, 'converge-test-b', 'bash'].each { provider().observe(pkg(name: it, version: 'latest'), host) }
        provider().checkAll([change(pkg(), host), change(pkg(name: 'converge-test-b'), host)], host)

        then:
        repository.ran.count { it.startsWith('apt-cache policy') } <= 2
    }
}
