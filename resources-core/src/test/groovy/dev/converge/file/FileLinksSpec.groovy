package dev.converge.file

import dev.converge.model.Ensure
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import spock.lang.Requires

/** Symbolic links at and above a file. */
class FileLinksSpec extends FileSpecification {
    def "a dangling link is followed to a new file, and stays a link"() {
        given:
        Files.createSymbolicLink(motd(), Path.of('target'))

        when:
        converge(file(content: 'x', links: 'follow'))

        then:
        Files.isSymbolicLink(motd())
        Files.readString(folder.resolve('target')) == 'x'
    }

    def "a link is followed by default, and replaced when that is said"() {
        given:
        Files.writeString(folder.resolve('target'), 'old')
        Files.createSymbolicLink(motd(), Path.of('target'))

        when:
        converge(file(content: 'new'))

        then:
        Files.isSymbolicLink(motd())
        Files.readString(folder.resolve('target')) == 'new'

        when:
        converge(file(content: 'newer', links: 'replace'))

        then:
        !Files.isSymbolicLink(motd())
        Files.readString(motd()) == 'newer'
        Files.readString(folder.resolve('target')) == 'new'
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a link that a stranger made is not followed"() {
        given:
        Files.writeString(folder.resolve('target'), 'old')
        Files.createSymbolicLink(motd(), Path.of('target'))
        Files.setAttribute(motd(), 'unix:uid', 4711, LinkOption.NOFOLLOW_LINKS)

        when:
        difference(file(content: 'new'))

        then:
        thrown(ResourceFailure)
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "nothing is #done through a stranger's link above it, unless it leads to the stranger's own folder"() {
        given:
        Files.createDirectories(folder.resolve('real'))
        Files.createSymbolicLink(folder.resolve('way'), Path.of('real'))
        Files.setAttribute(folder.resolve('way'), 'unix:uid', 4711, LinkOption.NOFOLLOW_LINKS)
        Files.createSymbolicLink(folder.resolve('trusted'), Path.of('way'))
        if (ensure == Ensure.ABSENT) {
            Files.writeString(folder.resolve('real/motd'), 'old')
        }
        def motd = resource("$folder/trusted/motd", ensure == Ensure.PRESENT ? [content: 'x'] : [:])

        when:
        converge(motd, ensure)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith("$folder/way is a symbolic link that user number 4711 made")
        Files.exists(folder.resolve('real/motd')) == (ensure == Ensure.ABSENT)

        when:
        Files.setAttribute(folder.resolve('real'), 'unix:uid', 4711)
        converge(motd, ensure)

        then:
        Files.exists(folder.resolve('real/motd')) == (ensure == Ensure.PRESENT)

        where:
        done      | ensure
        'written' | Ensure.PRESENT
        'removed' | Ensure.ABSENT
    }

    def "a link with .. leads where the kernel says, not where the text says"() {
        given:
        Files.createDirectories(folder.resolve('real/inner'))
        Files.createSymbolicLink(folder.resolve('short'), Path.of('real/inner'))
        Files.createSymbolicLink(folder.resolve('real/inner/link'), Path.of('../target'))

        when:
        converge(resource("$folder/short/link", [content: 'x']))

        then:
        Files.readString(folder.resolve('real/target')) == 'x'
        !Files.exists(folder.resolve('target'))
    }

    def "removing a link leaves what it leads to"() {
        given:
        Files.writeString(folder.resolve('target'), 'x')
        Files.createSymbolicLink(motd(), Path.of(to))

        when:
        converge(file(), Ensure.ABSENT)

        then:
        !Files.exists(motd(), LinkOption.NOFOLLOW_LINKS)
        Files.readString(folder.resolve('target')) == 'x'

        where:
        to << ['target', 'nowhere']
    }
}
