package dev.converge.data

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import tools.jackson.databind.json.JsonMapper

/** Answers over a real socket as Consul's API does, see developer.hashicorp.com/consul/api-docs/kv; no Consul can be installed here. */
final class ConsulStandIn implements Closeable {
    final Map<String, String> keys = new TreeMap<>()
    final List<String> asked = [].asSynchronized()
    String token = ''
    Closure<Void> instead

    private final CountDownLatch closed = new CountDownLatch(1)
    private final executor = Executors.newCachedThreadPool()
    private final HttpServer server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)

    ConsulStandIn() {
        server.executor = executor
        server.createContext('/') { HttpExchange exchange ->
            asked << exchange.requestURI.rawPath
            instead ? instead(exchange) : answer(exchange)
            exchange.close()
        }
        server.start()
    }

    String getAddress() {
        "http://127.0.0.1:${server.address.port}"
    }

    static void say(HttpExchange exchange, int status, String body) {
        byte[] bytes = body.getBytes('UTF-8')
        exchange.sendResponseHeaders(status, bytes.length ?: -1)
        exchange.responseBody.write(bytes)
    }

    /** Sends a beginning, and then nothing for as long as anybody waits. */
    void hang(HttpExchange exchange) {
        exchange.sendResponseHeaders(200, 100)
        exchange.responseBody.write('['.bytes)
        exchange.responseBody.flush()
        closed.await(60, TimeUnit.SECONDS)
    }

    /** Sends one byte after the other, so that no pause is long, and the end is far. */
    void drip(HttpExchange exchange, int length) {
        exchange.sendResponseHeaders(200, length ? 1000 : 0)
        for (int i = 0; i < 1000 && !closed.await(100, TimeUnit.MILLISECONDS); i++) {
            exchange.responseBody.write(' '.bytes)
            exchange.responseBody.flush()
        }
    }

    private void answer(HttpExchange exchange) {
        if ((exchange.requestHeaders.getFirst('X-Consul-Token') ?: '') != token) {
            say(exchange, 403, "Permission denied: token lacks permission 'key:list'")
            return
        }
        def prefix = exchange.requestURI.path - '/v1/kv/'
        assert exchange.requestURI.query == 'recurse'
        def found = keys.findAll { it.key.startsWith(prefix) }.collect { key, value ->
            [LockIndex: 0, Key: key, Flags: 0, Value: value == null ? null : value.getBytes('UTF-8').encodeBase64().toString(), CreateIndex: 1, ModifyIndex: 1]
        }
        say(exchange, found ? 200 : 404, found ? JsonMapper.shared().writeValueAsString(found) : '')
    }

    @Override
    void close() {
        closed.countDown()
        server.stop(0)
        executor.shutdownNow()
    }
}
