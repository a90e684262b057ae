package dev.converge.git

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import groovy.transform.CompileStatic
import java.nio.file.Path
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

/** Git's own http-backend behind a small web server that counts what it is asked, and may want a password. */
@CompileStatic
final class GitServer implements AutoCloseable {
    private final Path folder
    private final HttpServer server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
    final List<String> asked = Collections.synchronizedList([])
    String password

    GitServer(Path folder) {
        this.folder = folder
        server.createContext('/', this::answer)
        server.executor = Executors.newCachedThreadPool()
        server.start()
    }

    String url(String name) {
        "http://127.0.0.1:${server.address.port}/$name"
    }

    private void answer(HttpExchange exchange) {
        asked << "$exchange.requestMethod $exchange.requestURI".toString()
        def given = exchange.requestHeaders.getFirst('Authorization')
        try {
            if (password && given != 'Basic ' + "git:$password".bytes.encodeBase64()) {
                exchange.responseHeaders.add('WWW-Authenticate', 'Basic realm="git"')
                exchange.sendResponseHeaders(401, -1)
            } else {
                run(exchange)
            }
        } finally {
            exchange.close()
        }
    }

    private void run(HttpExchange exchange) {
        def builder = new ProcessBuilder('git', '-c', 'safe.directory=*', '-c', 'uploadpack.allowAnySHA1InWant=true', 'http-backend')
        builder.environment().putAll(
                GIT_PROJECT_ROOT: folder as String, GIT_HTTP_EXPORT_ALL: '1', REQUEST_METHOD: exchange.requestMethod,
                PATH_INFO: exchange.requestURI.path as String, QUERY_STRING: exchange.requestURI.query ?: '',
                CONTENT_TYPE: exchange.requestHeaders.getFirst('Content-Type') ?: '',
                HTTP_CONTENT_ENCODING: exchange.requestHeaders.getFirst('Content-Encoding') ?: '',
                GIT_PROTOCOL: exchange.requestHeaders.getFirst('Git-Protocol') ?: '')
        def process = builder.start()
        process.outputStream.withCloseable { it << exchange.requestBody }
        def answer = new BufferedInputStream(process.inputStream)
        int status = 200
        for (String line = readLine(answer); line; line = readLine(answer)) {
            def header = line.split(': ', 2)
            if (header[0] == 'Status') {
                status = Integer.parseInt(header[1].split(' ')[0])
            } else {
                exchange.responseHeaders.add(header[0], header[1])
            }
        }
        exchange.sendResponseHeaders(status, 0)
        answer.transferTo(exchange.responseBody)
    }

    private static String readLine(InputStream input) {
        def line = new StringBuilder()
        for (int c = input.read(); c >= 0 && c != 10; c = input.read()) {
            line.append((char) c)
        }
        line.toString().trim()
    }

    @Override
    void close() {
        server.stop(0)
        ((ExecutorService) server.executor).shutdownNow()
    }
}
