package dev.converge.file

import dev.converge.model.Content
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import org.junit.jupiter.api.Assumptions
import spock.lang.Requires

/** What is in a file: how it gets there, and what of it is shown. */
class FileContentSpec extends FileSpecification {
    def "its bytes are the content's in UTF-8, and nothing stays beside it"() {
        when:
        converge(file(content: 'ünï\n'))

        then:
        Files.readAllBytes(motd()) == 'ünï\n'.getBytes('UTF-8')
        folder.toFile().list() as List == ['motd']
    }

    def "base64 becomes the bytes it stands for"() {
        when:
        converge(file(content: 'AAEC\n/w==\n', encoding: 'base64'))

        then:
        Files.readAllBytes(motd()) == [0, 1, 2, -1] as byte[]
        difference(file(content: 'AAEC/w==', encoding: 'base64')).empty
    }

    def "content that changes is backed up first, and owner and mode stay"() {
        given:
        Files.writeString(motd(), 'old')
        Files.setAttribute(motd(), 'unix:mode', 04751)

        when:
        def change = converge(file(content: 'new'))

        then:
        Files.readString(motd()) == 'new'
        mode(motd()) == '4751'
        kept == [motd()]
        change.get().attributes()*.attribute()*.name() == ['content']
        (change.get().attributes()[0].before().get() as Content).text().get() == 'old'
        (change.get().attributes()[0].after() as Content).text().get() == 'new'
    }

    def "nothing is kept when no backup is wanted"() {
        given:
        Files.writeString(motd(), 'old')

        when:
        converge(file(content: 'new', backup: false))

        then:
        kept.empty
    }

    def "with replace false only a missing file gets the content"() {
        given:
        def desired = file(content: 'seed', replace: false)

        when:
        converge(desired)
        Files.writeString(motd(), 'edited')

        then:
        difference(desired).empty

        when:
        converge(file(content: 'seed', replace: false, mode: '0600'))

        then:
        Files.readString(motd()) == 'edited'
        mode(motd()) == '600'
    }

    def "what a killed run left beside the file is cleared by the next one"() {
        given:
        def left = folder.resolve(".motd.converge-${Integer.toHexString('motd'.hashCode() & 0xffffff)}")
        Files.writeString(left, 'half')

        when:
        converge(file(content: 'whole'))

        then:
        Files.readString(motd()) == 'whole'
        !Files.exists(left)
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a #state file system is a failure, and the old file stays"() {
        given:
        def small = Files.createDirectory(folder.resolve('small'))
        Assumptions.assumeTrue(['mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small as String].execute().waitFor() == 0)
        Files.writeString(small.resolve('f'), 'old')
        if (state == 'read-only') {
            run('mount', '-o', 'remount,ro', small as String)
        }

        when:
        converge(resource("$small/f", [content: 'x' * 100_000]))

        then:
        def failure = thrown(Exception)
        failure instanceof IOException || failure instanceof ResourceFailure
        failure.message.contains(said)
        Files.readString(small.resolve('f')) == 'old'
        small.toFile().list() as List == ['f']

        cleanup:
        ['umount', small as String].execute().waitFor()

        where:
        state || said
        'full' || 'No space left'
        'read-only' || 'read-only'
    }

    def "a secret is nowhere in the change, nor is what it replaces"() {
        given:
        Files.writeString(motd(), 'pw=older')

        when:
        def change = converge(file(content: Content.of(Text.of(['pw=', Secret.of('geheim')])))).get()

        then:
        Files.readString(motd()) == 'pw=geheim'
        change.attributes().each {
            def both = [it.before().get() as Content, it.after() as Content]
            assert both.every { it.isSensitive() && it.text().empty && it.digest().empty && it.toString() == Secret.MASK }
        }
    }

    def "content that is not to be shown is compared like any other"() {
        given:
        def desired = file(content: 'x', showDiff: false)

        when:
        def change = converge(desired).get()

        then:
        (change.attributes().find { it.attribute().name() == 'content' }.after() as Content).text().empty
        difference(desired).empty
        difference(file(content: 'y', showDiff: false)).present
    }

    def "binary content has no text to show"() {
        expect:
        file(content: 'AAEC/w==', encoding: 'base64').content().get().text().empty
        file(content: 'äöü').content().get().text().get() == 'äöü'
    }

    def "what is inspected can be declared and is in sync"() {
        given:
        Files.write(motd(), bytes)
        Files.setAttribute(motd(), 'unix:mode', 0640)

        when:
        def state = (provider() as FileProvider).inspect(motd() as String, newHost()).get()

        then:
        difference(state).empty
        difference(file(content: state.content().get().written(), encoding: state.encoding().name().toLowerCase())).empty
        state.mode().get().toString() == '0640'
        state.owner().get() == System.getProperty('user.name')

        where:
        bytes << ['grüße\n'.getBytes('UTF-8'), [0, 1, -1] as byte[], new byte[0]]
    }
}
