package dev.converge.archive

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Archives, and when they are unpacked again. */
@Timeout(60)
class ArchiveResourceSpec extends ProviderContractSpec<ArchiveResource> implements Archives {
    @TempDir
    Path folder

    @Override
    Collection<Path> watched() {
        [place.parent]
    }

    @Override
    Map<String, Closure<ArchiveResource>> samples() {
        [
            'tarball': { app(pack('app-1'), [strip: 1, creates: 'bin/app']) },
            'tarball with its folder': { app(pack('app-1')) },
            'tarball with a checksum': { app(pack('app-1'), [checksum: digest(folder.resolve('app-1-z.tar'))]) },
        ]
    }

    def "nothing is read or fetched while the folder says that it is the one"() {
        given:
        Path archive = pack('app-1')
        def desired = app(archive, [checksum: digest(archive)])
        converge(desired)
        Files.delete(archive)
        Files.writeString(place.resolve('readme'), 'edited')

        expect:
        difference(desired).empty
    }

    def "a new archive replaces the whole folder, and the old one is kept"() {
        given:
        converge(app(pack('app-1'), [strip: 1]))
        Files.writeString(place.resolve('mine'), '')

        when:
        converge(app(pack('app-2'), [strip: 1]))

        then:
        names() == ['.converge-archive', 'bin', 'bin/app', 'bin/start', 'copy', 'lib', 'lib/more', 'readme', 'share']
        read('readme') == 'version 2\n'
        kept == [place, place]
        place.parent.toFile().list() as List == ['app']
    }

    def "what is missing of it is unpacked again"() {
        given:
        def desired = app(pack('app-1'), [strip: 1, creates: 'bin/app'])
        converge(desired)
        Files.delete(place.resolve('bin/app'))

        expect: 'the reason first, since reports cut long values'
        (difference(desired).get().attributes()[0].before().get() as String).startsWith('without bin/app: sha256:')

        when:
        converge(desired)

        then:
        Files.exists(place.resolve('bin/app'))
        difference(desired).empty
    }

    def "a folder with other things is not touched"() {
        given:
        Files.createDirectory(place)
        Files.writeString(place.resolve('mine'), '')

        when:
        converge(app(pack('app-1')))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('not empty')
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "all of it belongs to its owner, after a new archive too"() {
        given:
        converge(app(pack('app-1'), [strip: 1, owner: 'nobody', group: 'nogroup']))

        when:
        converge(app(pack('app-2'), [strip: 1]))

        then:
        ['', 'readme', 'lib', 'lib/more', 'bin/start'].every {
            Files.getAttribute(place.resolve(it), 'unix:uid', java.nio.file.LinkOption.NOFOLLOW_LINKS) == 65534
        }
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "another owner leaves the groups as they are"() {
        given:
        Path archive = pack('app-1')
        converge(app(archive))
        Files.setAttribute(place.resolve('app-1/lib'), 'unix:gid', 1234)

        when:
        converge(app(archive, [owner: 'nobody']))

        then:
        Files.getAttribute(place.resolve('app-1/lib'), 'unix:uid') == 65534
        Files.getAttribute(place.resolve('app-1/lib'), 'unix:gid') == 1234
    }

    def "removing it keeps a copy"() {
        given:
        def desired = app(pack('app-1'))
        converge(desired)

        when:
        converge(desired, Ensure.ABSENT)

        then:
        kept == [place, place]
        !Files.exists(place)
    }

    def "what nobody could mean is refused: #given"() {
        when:
        resource(place, [source: '/x.tar'] + given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [[source: 'https://example.com/x.tar'], [strip: -1], [creates: '../x'], [creates: '/bin/x']]
    }
}
