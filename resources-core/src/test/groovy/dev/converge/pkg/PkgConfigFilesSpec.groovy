package dev.converge.pkg

import static dev.converge.pkg.PackageRepository.NAME

import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.testhost.DebianRoot
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** What becomes of the configuration files of packages. Needs root. */
@Requires({ TestHost.possible })
@Timeout(120)
class PkgConfigFilesSpec extends ResourceSpecification<PkgResource> implements TestPackages {
    @Shared
    @AutoCleanup
    DebianRoot debian = DebianRoot.make()

    @TempDir
    Path folder

    def "a purge keeps the configuration files that it removes, and brings them back as they were edited"() {
        given:
        repository.add(NAME, '3.0', conffile: 'etc/converge-test/a.conf', files: ['etc/converge-test/a.conf': 'x'])
        repository.publish()
        converge(pkg(version: '3.0'))
        Path settings = newHost().path(Path.of('/etc/converge-test/a.conf'))
        Files.writeString(settings, 'edited')

        expect:
        undone(pkg(purge: true), Ensure.ABSENT)
        Files.readString(settings) == 'edited'
    }

    def "an absent package's configuration files are left, unless it is purged"() {
        given:
        repository.add(NAME, '3.0', conffile: 'etc/converge-test/a.conf', files: ['etc/converge-test/a.conf': 'x'])
        repository.publish()
        converge(pkg())

        when:
        converge(pkg(), Ensure.ABSENT)

        then:
        repository.status(NAME).contains('config-files')
        Files.exists(debian.path('/etc/converge-test/a.conf'))
        difference(pkg(), Ensure.ABSENT).empty
        difference(pkg(purge: true), Ensure.ABSENT).present
        difference(pkg(purge: true)).present

        when:
        converge(pkg(purge: true), Ensure.ABSENT)

        then:
        !Files.exists(debian.path('/etc/converge-test/a.conf'))
        difference(pkg(purge: true), Ensure.ABSENT).empty
        repository.status(NAME) == ''
    }

    def "a configuration file that was changed is #becomes, without a question, when configFiles is '#policy'"() {
        given:
        def conf = debian.path('/etc/converge-test/c.conf').toFile()
        ['1.0', '2.0'].each {
            repository.add('converge-test-c', it, conffile: 'etc/converge-test/c.conf', files: ['etc/converge-test/c.conf': "of $it"])
        }
        repository.publish()
        converge(pkg(name: 'converge-test-c', version: '1.0'))
        conf.text = 'mine'

        when:
        converge(pkg(name: 'converge-test-c', version: 'latest', configFiles: policy))

        then:
        conf.text == becomes

        where:
        policy    || becomes
        'keep'    || 'mine'
        'replace' || 'of 2.0'
    }
}
