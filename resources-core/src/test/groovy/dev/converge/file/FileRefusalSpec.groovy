package dev.converge.file

import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.LinkOption
import org.junit.jupiter.api.Assumptions
import spock.lang.Requires

/** What is refused, and said before anything is written. */
class FileRefusalSpec extends FileSpecification {
    def "a #kind is left alone unless it is forced"() {
        given:
        make(kind)

        when:
        converge(file(content: 'x'))

        then:
        def refused = thrown(ResourceFailure)
        refused.message.contains(kind)

        when:
        converge(file(), Ensure.ABSENT)

        then:
        thrown(ResourceFailure)

        when:
        converge(file(content: 'x', force: true))

        then:
        Files.readString(motd()) == 'x'

        when:
        Files.delete(motd())
        make(kind)
        converge(file(force: true), Ensure.ABSENT)

        then:
        !Files.exists(motd(), LinkOption.NOFOLLOW_LINKS)

        where:
        kind << ['directory', 'FIFO']
    }

    private void make(String kind) {
        if (kind == 'FIFO') {
            run('mkfifo', motd() as String)
            return
        }
        Files.createDirectory(motd())
        Files.writeString(motd().resolve('inner'), 'x')
    }

    def "a missing folder is named before anything is written"() {
        when:
        def change = difference(resource("$folder/no/motd", [content: 'x'])).get()
        provider().check(change, newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("$folder/no")
        failure.advice().get().contains("directory '$folder/no'")
    }

    def "an unknown #attribute is named before anything is written"() {
        when:
        provider().check(difference(file([(attribute): 'nobody-of-that-name'])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('nobody-of-that-name')

        where:
        attribute << ['owner', 'group']
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "an immutable #what is a failure with advice, and nothing is left behind"() {
        given:
        Files.writeString(motd(), 'old')
        def frozen = what == 'file' ? motd() : folder
        def chattr = ['chattr', '+i', frozen as String].execute()
        Assumptions.assumeTrue(chattr.waitFor() == 0)

        when:
        converge(file(content: 'new'))

        then:
        def failure = thrown(Exception)
        failure instanceof ResourceFailure || failure instanceof IOException
        failure.message.contains('motd') || failure.message.contains(folder as String)
        Files.readString(motd()) == 'old'
        folder.toFile().list() as List == ['motd']

        cleanup:
        run('chattr', '-i', frozen as String)

        where:
        what << ['file', 'folder']
    }

    def "#attributes contradict each other"() {
        when:
        siteFile('a.txt', 'x')
        file(attributes)

        then:
        thrown(InvalidValueException)

        where:
        attributes << [
            [content: 'x', source: 'a.txt'],
            [source: 'https://example.com/x'],
            [checksum: 'a' * 64],
            [content: 'x', checksum: 'a' * 64],
            [content: '%%%', encoding: 'base64'],
            [content: 'x', validate: ['true']],
            [kind: 'directory'],
        ]
    }

    def "the #attribute '#wrong' is refused at compile time"() {
        when:
        file([(attribute): wrong])

        then:
        thrown(InvalidValueException)

        where:
        attribute | wrong
        'source' | 'missing.txt'
        'source' | 'ftp://example.com/x'
        'source' | 'https:///x'
        'source' | 'http://exa mple/'
        'source' | '/a/../b'
        'checksum' | 'sha256:abc'
        'checksum' | 'md5:' + 'a' * 64
        'checksum' | 'z' * 64
        'mode' | '888'
        'mode' | 'rwx'
        'encoding' | 'rot13'
        'links' | 'ignore'
    }
}
