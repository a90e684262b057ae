package dev.converge.source

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext

/** Git's own http-backend behind HTTPS, with a certificate of a throw-away authority; it may misbehave. */
@CompileStatic
final class GitWebServer implements AutoCloseable {
    enum Manner { WELL, HANGS, DRIPS, BREAKS_OFF }

    private final Path repositories
    private final HttpsServer server = HttpsServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
    final Path authority
    volatile String password
    volatile Manner manner = Manner.WELL
    final List<String> asked = Collections.synchronizedList([])
    /** What it was told of who asks. */
    final List<String> logins = Collections.synchronizedList([])

    /** @param folder for its certificates */
    GitWebServer(Path repositories, Path folder) {
        this.repositories = repositories
        this.authority = folder.resolve('ca.pem')
        run(folder, 'openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=throw-away -keyout ca.key -out ca.pem')
        run(folder, 'openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out request.pem')
        Files.writeString(folder.resolve('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
        run(folder, 'openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out cert.pem')
        run(folder, 'openssl pkcs12 -export -in cert.pem -inkey key.pem -passout pass:secret -out server.p12')
        server.httpsConfigurator = new HttpsConfigurator(context(folder.resolve('server.p12')))
        server.createContext('/', this::answer)
        server.executor = Executors.newCachedThreadPool()
        server.start()
    }

    private static void run(Path folder, String command) {
        def process = new ProcessBuilder(command.split(' ')).directory(folder.toFile()).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
    }

    private static SSLContext context(Path store) {
        def keys = KeyStore.getInstance('PKCS12')
        Files.newInputStream(store).withCloseable { InputStream input -> keys.load(input, 'secret'.toCharArray()) }
        def managers = KeyManagerFactory.getInstance(KeyManagerFactory.defaultAlgorithm)
        managers.init(keys, 'secret'.toCharArray())
        def context = SSLContext.getInstance('TLS')
        context.init(managers.keyManagers, null, null)
        context
    }

    String url(String name) {
        "https://localhost:${server.address.port}/$name"
    }

    private void answer(HttpExchange exchange) {
        asked << "$exchange.requestMethod $exchange.requestURI".toString()
        def given = exchange.requestHeaders.getFirst('Authorization')
        if (given) {
            logins << given
        }
        try {
            if (password && given != 'Basic ' + "git:$password".bytes.encodeBase64()) {
                exchange.responseHeaders.add('WWW-Authenticate', 'Basic realm="git"')
                exchange.sendResponseHeaders(401, -1)
            } else if (manner == Manner.HANGS) {
                Thread.sleep(Long.MAX_VALUE)
            } else {
                backend(exchange)
            }
        } finally {
            exchange.close()
        }
    }

    private void backend(HttpExchange exchange) {
        def builder = new ProcessBuilder('git', '-c', 'safe.directory=*', 'http-backend')
        builder.environment().putAll(
                GIT_PROJECT_ROOT: repositories as String, GIT_HTTP_EXPORT_ALL: '1', REQUEST_METHOD: exchange.requestMethod,
                PATH_INFO: exchange.requestURI.path as String, QUERY_STRING: exchange.requestURI.query ?: '',
                CONTENT_TYPE: exchange.requestHeaders.getFirst('Content-Type') ?: '',
                HTTP_CONTENT_ENCODING: exchange.requestHeaders.getFirst('Content-Encoding') ?: '',
                GIT_PROTOCOL: exchange.requestHeaders.getFirst('Git-Protocol') ?: '')
        def process = builder.start()
        process.outputStream.withCloseable { it << exchange.requestBody }
        def answer = process.inputStream.bytes
        int end = new String(answer, 'ISO-8859-1').indexOf('\r\n\r\n')
        int status = 200
        new String(answer, 0, end, 'ISO-8859-1').split('\r\n').each { String line ->
            def header = line.split(': ', 2)
            if (header[0] == 'Status') {
                status = Integer.parseInt(header[1].split(' ')[0])
            } else {
                exchange.responseHeaders.add(header[0], header[1])
            }
        }
        exchange.sendResponseHeaders(status, 0)
        send(exchange, Arrays.copyOfRange(answer, end + 4, answer.length))
    }

    private void send(HttpExchange exchange, byte[] body) {
        boolean pack = exchange.requestMethod == 'POST' && body.length > 1000
        if (manner == Manner.DRIPS) {
            for (byte one : body) {
                exchange.responseBody.write(one)
                exchange.responseBody.flush()
                Thread.sleep(200)
            }
        } else if (manner == Manner.BREAKS_OFF && pack) {
            exchange.responseBody.write(body, 0, body.length.intdiv(2))
            exchange.responseBody.flush()
            throw new IOException('killed')
        } else {
            exchange.responseBody.write(body)
        }
    }

    @Override
    void close() {
        server.stop(0)
        ((ExecutorService) server.executor).shutdownNow()
    }
}
