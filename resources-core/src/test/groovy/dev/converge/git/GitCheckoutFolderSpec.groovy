package dev.converge.git

import dev.converge.ResourceSpecification
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** The folder that becomes a checkout: what may be in it, and whose its files are. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutFolderSpec extends ResourceSpecification<GitCheckoutResource> implements GitCheckouts {
    @TempDir
    Path folder

    def "a folder with other things is not touched"() {
        given:
        Files.createDirectory(place)
        Files.writeString(place.resolve('mine'), '')

        when:
        converge(app([:]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('not empty')
    }

    def "an empty folder becomes the checkout"() {
        given:
        Files.createDirectory(place)

        when:
        converge(app([revision: 'v1']))

        then:
        readme() == 'version 1\n'
    }

    def "an empty folder that becomes the checkout keeps its mode"() {
        given:
        Files.createDirectory(place)
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString('rwxr-x---'))

        when:
        converge(app([revision: 'v1']))

        then:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(place)) == 'rwxr-x---'
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "all files belong to its owner, new ones too"() {
        given:
        converge(app([revision: 'v1', owner: 'nobody', group: 'nogroup']))

        when:
        converge(app([revision: 'v2']))

        then:
        ['', 'readme', 'docs', 'docs/new', '.git', '.git/index', '.git/objects'].every { Files.getOwner(place.resolve(it)).name == 'nobody' }
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "without an owner, an update gives nothing away that is not from it"() {
        given:
        converge(app([revision: 'v1', owner: 'nobody', group: 'nogroup']))
        Path uploads = Files.createDirectory(place.resolve('uploads'))
        Files.setAttribute(uploads, 'unix:uid', 1234)
        Path secret = Files.writeString(place.resolve('.env'), 'secret')

        when:
        converge(app([revision: 'v2']))

        then:
        Files.getAttribute(uploads, 'unix:uid') == 1234
        Files.getAttribute(secret, 'unix:uid') == 0
        ['', 'readme', 'docs', 'docs/new', '.git/index'].every { Files.getOwner(place.resolve(it)).name == 'nobody' }

        when: 'an owner is declared, the group stays what it is'
        Files.setAttribute(uploads, 'unix:gid', 1234)
        converge(app([revision: 'v2', owner: 'root']))

        then:
        Files.getAttribute(uploads, 'unix:uid') == 0
        Files.getAttribute(uploads, 'unix:gid') == 1234
    }
}
