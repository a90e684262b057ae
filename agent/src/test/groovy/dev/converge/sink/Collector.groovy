package dev.converge.sink

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsParameters
import com.sun.net.httpserver.HttpsServer
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors
import java.util.zip.GZIPInputStream
import javax.net.ssl.SSLContext
import tools.jackson.databind.json.JsonMapper

/** A server that takes reports, or does what a test wants it to do instead. */
final class Collector implements AutoCloseable {
    /** What came in: by which key, how encoded, with what status it was answered, and what it says. */
    static final class Got {
        String id
        String encoding
        int status
        String text

        Map json() {
            JsonMapper.shared().readValue(text, Map)
        }
    }

    final List<Got> got = new CopyOnWriteArrayList<>()
    /** Gives the status for what came in; may write the answer itself, and then gives -1. */
    volatile Closure<Integer> rule = { HttpExchange exchange, Got one -> 200 }

    private final HttpServer server
    private final threads = Executors.newCachedThreadPool()

    private Collector(HttpServer server) {
        this.server = server
        server.createContext('/in') { exchange -> answer(exchange) }
        server.executor = threads
        server.start()
    }

    static Collector plain(int port = 0) {
        new Collector(HttpServer.create(new InetSocketAddress('127.0.0.1', port), 0))
    }

    /** One that lets nobody in without a certificate of its authority. */
    static Collector closed(SSLContext context) {
        def server = HttpsServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
        server.httpsConfigurator = new HttpsConfigurator(context) {
            @Override
            void configure(HttpsParameters parameters) {
                def wanted = context.defaultSSLParameters
                wanted.needClientAuth = true
                parameters.setSSLParameters(wanted)
            }
        }
        new Collector(server)
    }

    private void answer(HttpExchange exchange) {
        def body = exchange.requestBody.bytes
        def encoding = exchange.requestHeaders.getFirst('Content-Encoding') ?: ''
        def one = new Got(id: exchange.requestHeaders.getFirst('Idempotency-Key').replace('"', ''), encoding: encoding,
            text: new String(encoding == 'gzip' ? new GZIPInputStream(new ByteArrayInputStream(body)).bytes : body, 'UTF-8'))
        int status = rule.call(exchange, one)
        if (status >= 0) {
            one.status = status
            got << one
            def text = status == 200 ? new byte[0] : "because of $status\n".bytes
            exchange.sendResponseHeaders(status, text.length ?: -1)
            exchange.responseBody.withStream { it.write(text) }
        }
        exchange.close()
    }

    List<Got> taken() {
        got.findAll { it.status == 200 }
    }

    int port() {
        server.address.port
    }

    URI url(String scheme = 'http') {
        URI.create("$scheme://localhost:${port()}/in")
    }

    @Override
    void close() {
        server.stop(0)
        threads.shutdownNow()
    }

    /** Makes an authority and certificates of it, as PEM: {@code ca}, {@code NAME.crt}, {@code NAME.key}. */
    static void certificates(Path folder) {
        openssl(folder, 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.crt')
        ['server', 'client'].each {
            openssl(folder, "req -newkey rsa:2048 -nodes -subj /CN=$it -addext subjectAltName=DNS:localhost -keyout ${it}.key -out ${it}.csr")
            openssl(folder, "x509 -req -in ${it}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -copy_extensions copy -days 2 -out ${it}.crt")
        }
    }

    private static void openssl(Path folder, String words) {
        def process = new ProcessBuilder(['openssl'] + words.tokenize(' ')).directory(folder.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0: said
    }
}
