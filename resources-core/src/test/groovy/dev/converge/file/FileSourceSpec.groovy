package dev.converge.file

import com.sun.net.httpserver.HttpServer
import dev.converge.provider.Action
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.security.MessageDigest

/** Files that are copied from the site, the host or the network. */
class FileSourceSpec extends FileSpecification {
    def "a password in the address of a source is not shown"() {
        given:
        def source = file(source: 'https://me:geheim@example.com/x', checksum: 'a' * 64).source().get()

        expect:
        source.toString() == 'https://example.com/x'
        source.origin().get() == 'https://example.com/x'
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
}
