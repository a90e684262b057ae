package dev.converge.http

import java.nio.ByteBuffer
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.function.Consumer
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Timeout

/** The server itself: clients that take their time, and its end. */
@Timeout(60)
class HttpServerSpec extends Specification {
    /** Those that are not answered yet. */
    final LinkedBlockingQueue<Consumer<Reply>> waiting = new LinkedBlockingQueue<>()

    @AutoCleanup
    HttpServer server

    private HttpServer start(Duration patience) {
        server = HttpServer.start(new HttpSettings(new InetSocketAddress(InetAddress.loopbackAddress, 0), Optional.empty(), 100, patience, Duration.ofSeconds(10)),
            [answer: { asked, to -> asked.path() == '/now' ? to.accept(Reply.text(200, 'hello\n')) : asked.path() == '/much' ? to.accept(much()) : waiting << to }, refused: { }] as Responder)
    }

    private static Reply much() {
        new Reply(200, 'text/plain', ByteBuffer.allocate(64 << 20), [:])
    }

    private Socket connect() {
        def socket = new Socket(InetAddress.loopbackAddress, server.address().port)
        socket.soTimeout = 20_000
        socket
    }

    def "a client that sends a letter now and then is cut off, one that asks again and again is not"() {
        given:
        start(Duration.ofMillis(800))
        def steady = connect()
        def dripping = connect()
        def begin = System.nanoTime()
        def pause = new CountDownLatch(1)
        boolean cut = false

        when:
        dripping.outputStream << 'GET /now HTTP/1.1\r\nX: '
        while (!cut && System.nanoTime() - begin < 20e9) {
            steady.outputStream << 'GET /now HTTP/1.1\r\nHost: x\r\n\r\n'
            assert steady.inputStream.read() == 'H' as char
            steady.inputStream.skip(steady.inputStream.available())
            pause.await(50, TimeUnit.MILLISECONDS)
            try {
                dripping.outputStream << 'a'
            } catch (SocketException e) {
                cut = true
            }
        }

        then:
        cut
        System.nanoTime() - begin > 0.8e9

        cleanup:
        [steady, dripping]*.close()
    }

    def "one that does not take what it has asked for is cut off"() {
        given:
        start(Duration.ofMillis(500))
        def socket = connect()

        when:
        socket.outputStream << 'GET /much HTTP/1.1\r\nHost: x\r\n\r\n'
        def gone = new spock.util.concurrent.PollingConditions(timeout: 20, delay: 0.05)

        then: 'what it says goes nowhere any more'
        gone.eventually {
            try {
                socket.outputStream << 'a'
                assert false
            } catch (SocketException e) {
                assert e
            }
        }

        cleanup:
        socket.close()
    }

    def "who has asked before the end is answered, and nobody is afterwards"() {
        given:
        start(Duration.ofSeconds(10))
        def address = server.address()
        def socket = connect()
        socket.outputStream << 'GET /later HTTP/1.1\r\nHost: x\r\n\r\n'
        def answer = waiting.take()

        when:
        def end = Thread.start { server.close() }
        def refused = new spock.util.concurrent.PollingConditions(timeout: 10)
        refused.eventually {
            try {
                new Socket(address.address, address.port).close()
                assert false
            } catch (ConnectException e) {
                assert e
            }
        }
        answer.accept(Reply.text(200, 'in the end\n'))
        def said = socket.inputStream.getText('ISO-8859-1')
        end.join()

        then:
        said.startsWith('HTTP/1.1 200 OK')
        said.endsWith('in the end\n')
    }
}
