package dev.converge.file

import com.sun.net.httpserver.HttpServer
import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.model.Content
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.SiteFiles
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.security.MessageDigest
import org.junit.jupiter.api.Assumptions
import spock.lang.Requires
import spock.lang.TempDir

/** Files on the real file system, as Puppet's and Ansible's users expect them. */
class FileResourceSpec extends ProviderContractSpec<FileResource> {
    @TempDir
    Path folder

    @TempDir
    Path site

    List<Path> kept = []

    @Override
    FileType schema() {
        new FileType()
    }

    @Override
    Host newHost() {
        def host = new FolderHost(Path.of('/'), new LocalCommands(Path.of('/')))
        host.kept = kept
        host
    }

    @Override
    Collection<Path> watched() {
        [folder, site]
    }

    @Override
    SiteFiles siteFiles() {
        { String name ->
            def file = site.resolve(name)
            if (!Files.exists(file)) {
                throw new InvalidValueException("no $name")
            }
            file
        }
    }

    @Override
    Map<String, Closure<FileResource>> samples() {
        [
            'empty file': { file() },
            'file with content': { file(content: 'hello\n') },
            'file with a name and content in UTF-8': { resource("$folder/grüße – 你好", [content: 'ünï 你好\n']) },
            'file with the longest name': { resource("$folder/${'ü' * 127}", [content: 'x']) },
            'file with a long name of emoji': { resource("$folder/x${'😀' * 60}", [content: 'x']) },
            'file with owner, group and mode': { file(content: 'x', owner: 'root', group: '0', mode: '0640') },
            'file with a symbolic mode': { file(content: 'x', mode: 'u=rwX,g+w,o=') },
            'file from the site': { siteFile('a.txt', 'ä'); file(source: 'a.txt') },
            'file from the host': { siteFile('b.txt', 'b'); file(source: "$site/b.txt") },
            'file from a file URL': { siteFile('b c', 'b'); file(source: "file://$site/b%20c") },
            'file in base64': { file(content: 'AAEC/w==', encoding: 'base64') },
            'file with a secret': { file(content: Content.of(Text.of(['pw=', Secret.of('geheim')])), mode: '0600') },
            'file with a validation': { file(content: 'ok', validate: ['grep -q ok %']) },
        ]
    }

    FileResource file(Map<String, ?> attributes = [:]) {
        resource("$folder/motd", attributes)
    }

    Path motd() {
        folder.resolve('motd')
    }

    void siteFile(String name, String text) {
        Files.writeString(site.resolve(name), text)
    }

    static String mode(Path path) {
        Integer.toOctalString((Files.getAttribute(path, 'unix:mode', LinkOption.NOFOLLOW_LINKS) as int) & 07777)
    }

    static void run(String... words) {
        assert words.execute().waitFor() == 0
    }

    def "a new file without a mode is 0644, whatever the umask"() {
        when:
        converge(file(content: 'x'))

        then:
        mode(motd()) == '644'
    }

    def "a new file with a secret can be read by its owner alone, unless a mode is given"() {
        given:
        def secret = Content.of(Text.of(['pw=', Secret.of('geheim')]))

        when:
        converge(file(attributes + [content: secret]))

        then:
        mode(motd()) == expected

        where:
        attributes || expected
        [:] || '600'
        [showDiff: false] || '600'
        [mode: '0640'] || '640'
    }

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

    @Requires({ new File('/usr/bin/setfacl').exists() && new File('/usr/bin/setfattr').exists() })
    def "the ACL and the attributes of users outlive a new content"() {
        given:
        Files.writeString(motd(), 'old')
        run('setfacl', '-m', 'u:1234:rw', motd() as String)
        run('setfattr', '-n', 'user.origin', '-v', 'grüße', motd() as String)
        run('setfacl', '-d', '-m', 'u:4321:rw', folder as String)
        def acl = ['getfacl', '-p', '-n', motd() as String].execute().text

        when:
        converge(file(content: 'new'))

        then:
        Files.readString(motd()) == 'new'
        ['getfacl', '-p', '-n', motd() as String].execute().text == acl
        ['getfattr', '--only-values', '-n', 'user.origin', motd() as String].execute().inputStream.getText('UTF-8') == 'grüße'
    }

    def "nothing is kept when no backup is wanted"() {
        given:
        Files.writeString(motd(), 'old')

        when:
        converge(file(content: 'new', backup: false))

        then:
        kept.empty
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a change of owner or mode alone does not rewrite the file, nor lose its set-id bits"() {
        given:
        Files.writeString(motd(), 'x')
        Files.setAttribute(motd(), 'unix:mode', 04755)
        def inode = Files.getAttribute(motd(), 'unix:ino')

        when:
        def change = converge(file(content: 'x', owner: '1', group: '2')).get()

        then:
        change.attributes()*.attribute()*.name() == ['owner', 'group']
        Files.getAttribute(motd(), 'unix:ino') == inode
        Files.getAttribute(motd(), 'unix:uid') == 1
        Files.getAttribute(motd(), 'unix:gid') == 2
        mode(motd()) == '4755'
        kept.empty
    }

    def "the symbolic mode #symbolic turns #before into #after, and then there is nothing to do"() {
        given:
        Files.writeString(motd(), 'x')
        Files.setAttribute(motd(), 'unix:mode', Integer.parseInt(before, 8))
        def desired = file(mode: symbolic)

        when:
        converge(desired)

        then:
        mode(motd()) == after
        difference(desired).empty

        where:
        symbolic | before || after
        'u+s' | '755' || '4755'
        'a=rX' | '755' || '555'
        'a=rX' | '640' || '444'
        'g-w,o=' | '666' || '640'
        '+t' | '644' || '1644'
        'u=rw,go=r' | '777' || '644'
        'g=u' | '740' || '770'
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

    def "a program can validate itself"() {
        when:
        converge(file(content: '#!/bin/sh\nexit 0\n', mode: '0755', validate: ['%']))

        then:
        mode(motd()) == '755'
    }

    def "a file that its validation refuses stays as it was"() {
        given:
        Files.writeString(motd(), 'old')
        def desired = file(content: Content.of(Text.of(['token ', Secret.of('geheim')])), validate: ['sh', '-c', 'cat "$1"; exit 3', 'sh', '%'])

        when:
        converge(desired)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('exit 3')
        failure.message.contains('token ********')
        !failure.message.contains('geheim')
        Files.readString(motd()) == 'old'
        folder.toFile().list() as List == ['motd']
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

    def "a password in the address of a source is not shown"() {
        given:
        def source = file(source: 'https://me:geheim@example.com/x', checksum: 'a' * 64).source().get()

        expect:
        source.toString() == 'https://example.com/x'
        source.origin().get() == 'https://example.com/x'
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

    def "a change of the source is found by its content"() {
        given:
        siteFile('a.txt', 'one')
        def desired = file(source: 'a.txt')
        converge(desired)

        when:
        siteFile('a.txt', 'two')

        then:
        difference(desired).present

        when:
        converge(desired)

        then:
        Files.readString(motd()) == 'two'
        difference(desired).empty
    }

    def "a source on the host that is missing fails the check, not the look"() {
        when:
        def change = difference(file(source: '/no/such/file')).get()

        then:
        change.action() == Action.CREATE

        when:
        provider().check(change, newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('/no/such/file')
    }

    def "a source from the network comes with its checksum, and is fetched once"() {
        given:
        int fetched = 0
        def server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
        server.createContext('/') { exchange ->
            fetched++
            def found = exchange.requestURI.path == '/gr%C3%BC%C3%9Fe' || exchange.requestURI.rawPath == '/gr%C3%BC%C3%9Fe'
            def bytes = 'über\n'.getBytes('UTF-8')
            exchange.sendResponseHeaders(found ? 200 : 404, found ? bytes.length : -1)
            if (found) {
                exchange.responseBody.write(bytes)
            }
            exchange.close()
        }
        server.start()
        def hex = MessageDigest.getInstance(algorithm).digest('über\n'.getBytes('UTF-8')).encodeHex() as String
        def base = "http://127.0.0.1:$server.address.port"
        def desired = file(source: "$base/gr%C3%BC%C3%9Fe", checksum: prefix + hex)

        when:
        converge(desired)

        then:
        Files.readString(motd()) == 'über\n'
        difference(desired).empty
        fetched == 1

        when:
        converge(file(source: "$base/gr%C3%BC%C3%9Fe", checksum: '0' * hex.size()))

        then:
        def tampered = thrown(ResourceFailure)
        tampered.message.contains(hex)
        Files.readString(motd()) == 'über\n'

        when:
        converge(file(source: "$base/gone", checksum: '0' * hex.size()))

        then:
        def missing = thrown(ResourceFailure)
        missing.message.contains('404')
        folder.toFile().list() as List == ['motd']

        cleanup:
        server.stop(0)

        where:
        algorithm | prefix
        'SHA-256' | 'sha256:'
        'SHA-256' | ''
        'SHA-512' | 'sha512:'
        'SHA-1' | 'sha1:'
        'MD5' | 'md5:'
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
