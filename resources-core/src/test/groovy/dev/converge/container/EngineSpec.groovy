package dev.converge.container

import dev.converge.FolderHost
import dev.converge.provider.ResourceFailure
import java.net.StandardProtocolFamily
import java.net.UnixDomainSocketAddress
import java.nio.ByteBuffer
import java.nio.channels.ServerSocketChannel
import java.nio.channels.SocketChannel
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** The conversation with an engine, also with one that behaves badly: every call ends, and says what happened. */
@Timeout(30)
class EngineSpec extends Specification {
    @TempDir
    Path folder

    @AutoCleanup
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)

    /** A server that answers each request with the same bytes, and then does nothing or hangs up. */
    private Path serve(String answer, boolean hangUp = true) {
        def socket = folder.resolve('s')
        server.bind(UnixDomainSocketAddress.of(socket))
        Thread.start {
            while (server.open) {
                try {
                    SocketChannel client = server.accept()
                    client.read(ByteBuffer.allocate(1 << 16))
                    client.write(ByteBuffer.wrap(answer.getBytes('UTF-8')))
                    if (hangUp) {
                        client.close()
                    }
                } catch (IOException ignored) {
                    return
                }
            }
        }
        socket
    }

    def "an answer #how is read whole"() {
        given:
        def socket = serve(answer, false)

        expect:
        def read = HttpCall.get('/x').within(Duration.ofSeconds(5)).send(socket)
        read.status() == status
        new String(read.body(), 'UTF-8') == body

        where:
        how                     | answer                                                                                                     || status | body
        'with a length'         | 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and more'                                               || 200    | 'hello'
        'in chunks'             | 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\n\r\n'                || 200    | 'hello'
        'without a body'        | 'HTTP/1.1 204 No Content\r\n\r\n'                                                                          || 204    | ''
        'that nothing changed'  | 'HTTP/1.1 304 Not Modified\r\n\r\n'                                                                        || 304    | ''
        'that is a refusal'     | 'HTTP/1.1 404 Not Found\r\ncontent-length: 2\r\n\r\n{}'                                                    || 404    | '{}'
    }

    def "a server that hangs up where its answer ends is understood"() {
        expect:
        new String(HttpCall.get('/x').send(serve('HTTP/1.1 200 OK\r\n\r\nhello')).body(), 'UTF-8') == 'hello'
    }

    def "a server that #what fails with what happened"() {
        when:
        HttpCall.get('/x').within(Duration.ofMillis(300)).send(serve(answer, hangUp))

        then:
        def failure = thrown(IOException)
        failure.message.contains(said)

        where:
        what                        | answer                                                                | hangUp || said
        'says nothing'              | ''                                                                    | false  || 'no answer in time'
        'stops in the middle'       | 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel'                     | false  || 'no answer in time'
        'hangs up in the middle'    | 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel'                     | true   || 'ends too early'
        'hangs up at once'          | ''                                                                    | true   || 'ends too early'
        'speaks another protocol'   | '220 mail ready\r\n'                                                  | true   || 'no HTTP'
        'lies about its length'     | 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n'                        | true   || 'no number'
        'sends far too much'        | 'HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n'              | false  || 'longer than'
        'sends far too big a chunk' | 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n'  | false  || 'longer than'
    }

    def "an interrupted call ends at once"() {
        given:
        def socket = serve('', false)
        def caught = null
        def waiting = Thread.start {
            try {
                HttpCall.get('/x').send(socket)
            } catch (InterruptedException e) {
                caught = e
            }
        }

        when:
        waiting.interrupt()
        waiting.join(10_000)

        then:
        caught instanceof InterruptedException
    }

    def "an engine of API #newest, which knows #oldest still, is spoken to in #spoken"() {
        given:
        def greeting = """{"Version": "1", "ApiVersion": "$newest", "MinAPIVersion": "$oldest"}"""
        serve("HTTP/1.1 200 OK\r\nContent-Length: ${greeting.length()}\r\n\r\n$greeting")
        def engine = KnownEngines.at(Optional.of(new EngineAddress(Path.of('/s'))), new FolderHost(folder))

        expect:
        engine.spoken() == spoken

        where:
        newest | oldest || spoken
        '1.41' | '1.12' || '1.40'
        '1.40' | '1.40' || '1.40'
        '1.52' | '1.44' || '1.44'
    }

    def "podman is not asked for its version, which takes it half a second, since its ping tells it"() {
        given:
        serve('HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nLibpod-Api-Version: 4.3.1\r\nContent-Length: 2\r\n\r\nOK')
        def engine = KnownEngines.at(Optional.of(new EngineAddress(Path.of('/s'))), new FolderHost(folder))

        expect:
        engine.podman
        engine.product() == 'podman 4.3.1'
        engine.spoken() == '1.40'
    }

    def "an engine that is too old is said to be"() {
        given:
        def greeting = '{"Version": "1", "ApiVersion": "1.39", "MinAPIVersion": "1.12"}'
        serve("HTTP/1.1 200 OK\r\nContent-Length: ${greeting.length()}\r\n\r\n$greeting")

        when:
        KnownEngines.at(Optional.of(new EngineAddress(Path.of('/s'))), new FolderHost(folder))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('1.39')
    }

    def "a socket that nobody serves any more is passed by, and every place that was tried is named"() {
        given:
        Files.createDirectories(folder.resolve('run'))
        def stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        stale.bind(UnixDomainSocketAddress.of(folder.resolve('run/docker.sock')))
        stale.close()

        when:
        KnownEngines.at(Optional.empty(), new FolderHost(folder))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('/run/docker.sock (Connection refused)')
        failure.message.contains('/run/podman/podman.sock (there is no such socket)')
        failure.advice().get().contains('podman.socket')
        failure.advice().get().contains('journalctl')
    }

    def "an engine that hangs up without an answer is to be looked at, not installed"() {
        given:
        serve('')

        when:
        KnownEngines.at(Optional.of(new EngineAddress(Path.of('/s'))), new FolderHost(folder))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith('No container engine answers at /s (')
        failure.advice().get().contains("'journalctl -u podman.service'")
        !failure.advice().get().contains('Install')
    }
}
