package dev.converge.file

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir

/** Symbolic links on the real file system. */
class LinkResourceSpec extends ProviderContractSpec<LinkResource> {
    @TempDir
    Path folder

    List<Path> kept = []

    @Override
    LinkType schema() {
        new LinkType()
    }

    @Override
    Host newHost() {
        def host = new FolderHost(Path.of('/'))
        host.kept = kept
        host
    }

    @Override
    Collection<Path> watched() {
        [folder]
    }

    @Override
    Map<String, Closure<LinkResource>> samples() {
        [
            'link': { link(target: '/etc/hostname') },
            'dangling link': { link(target: 'no/where') },
            'link with a target in UTF-8': { link(target: 'grüße') },
            'link with an owner': { link(target: 'x', owner: 'root', group: '0') },
        ]
    }

    LinkResource link(Map<String, ?> attributes) {
        resource("$folder/link", attributes)
    }

    Path path() {
        folder.resolve('link')
    }

    def "a link that leads elsewhere is turned, and the old one kept"() {
        given:
        Files.createSymbolicLink(path(), Path.of('old'))

        when:
        converge(link(target: 'new'))

        then:
        Files.readSymbolicLink(path()) == Path.of('new')
        kept == [path()]
        folder.toFile().list() as List == ['link']
    }

    def "a #kind in its place goes only with force"() {
        given:
        kind == 'directory' ? Files.createDirectories(path().resolve('inner')) : Files.writeString(path(), 'x')

        when:
        converge(link(target: 'new'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(kind)

        when:
        converge(link(target: 'x'), Ensure.ABSENT)

        then:
        thrown(ResourceFailure)

        when:
        converge(link(target: 'new', force: true))

        then:
        Files.readSymbolicLink(path()) == Path.of('new')

        where:
        kind << ['file', 'directory']
    }

    def "removing it leaves what it leads to"() {
        given:
        Files.writeString(folder.resolve('target'), 'x')
        Files.createSymbolicLink(path(), Path.of('target'))

        when:
        converge(link(target: 'target'), Ensure.ABSENT)

        then:
        !Files.exists(path(), LinkOption.NOFOLLOW_LINKS)
        Files.exists(folder.resolve('target'))
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "its owner is the link's own, not that of what it leads to"() {
        given:
        Files.writeString(folder.resolve('target'), 'x')

        when:
        converge(link(target: 'target'))
        converge(link(target: 'target', owner: '1', group: '2'))

        then:
        Files.getAttribute(path(), 'unix:uid', LinkOption.NOFOLLOW_LINKS) == 1
        Files.getAttribute(path(), 'unix:gid', LinkOption.NOFOLLOW_LINKS) == 2
        Files.getAttribute(folder.resolve('target'), 'unix:uid') == 0
    }

    def "its missing folder is named"() {
        when:
        provider().check(difference(resource("$folder/no/link", [target: 'x'])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("$folder/no")
    }

    def "an author cannot give it another kind"() {
        when:
        link(target: 'x', kind: 'file')

        then:
        thrown(InvalidValueException)
    }

    def "it has to lead somewhere, unless it is removed"() {
        when:
        provider().check(difference(link(target: '')).get(), newHost())

        then:
        thrown(ResourceFailure)

        when:
        Files.createSymbolicLink(path(), Path.of('old'))
        converge(link(target: ''), Ensure.ABSENT)

        then:
        !Files.isSymbolicLink(path())
    }

    def "no target has a NUL character"() {
        when:
        link(target: 'a\0b')

        then:
        thrown(InvalidValueException)
    }

    def "what is inspected is in sync"() {
        given:
        Files.createSymbolicLink(path(), Path.of('no where'))

        expect:
        difference((provider() as LinkProvider).inspect(path() as String, newHost()).get()).empty
    }
}
