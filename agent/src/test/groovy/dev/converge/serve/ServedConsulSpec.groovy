package dev.converge.serve

import com.sun.net.httpserver.HttpServer
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import java.util.concurrent.ConcurrentSkipListMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.AutoCleanup
import tools.jackson.databind.json.JsonMapper

/** Values, and hosts, in Consul: a stand-in of its HTTP API that answers, falls silent, and goes away. */
class ServedConsulSpec extends ServeSpecification {
    final Map<String, String> keys = new ConcurrentSkipListMap(owner: 'Ada', 'serve/domain': 'example.com', 'serve/hosts/web-1/facts/rack': '4')
    final AtomicInteger asked = new AtomicInteger()
    final HttpServer consul = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)

    /** Whoever asks waits for it. */
    volatile CountDownLatch silence = new CountDownLatch(0)

    @AutoCleanup('shutdownNow')
    def threads = Executors.newCachedThreadPool()

    def setup() {
        consul.executor = threads
        consul.createContext('/v1/kv/boot/') { exchange ->
            asked.incrementAndGet()
            silence.await()
            def answer = JsonMapper.shared().writeValueAsBytes(keys.collect { key, value -> [Key: "boot/$key" as String, Value: value.bytes.encodeBase64() as String] })
            exchange.sendResponseHeaders(200, answer.length)
            exchange.responseBody.withStream { it << answer }
        }
        consul.start()
    }

    def cleanup() {
        consul.stop(0)
    }

    /** A site with a level of keys in Consul. */
    private Path siteOfConsul(String hosts, String level) {
        def site = site(MANIFEST, hosts)
        def address = "http://127.0.0.1:$consul.address.port"
        Files.writeString(site.resolve('data/hierarchy.yaml'), "version: 1\nlevels: [ { name: common, path: common.yaml }, { name: kv, consul: '$address', $level } ]\n")
        Files.writeString(sources, "$address\n")
        Files.setPosixFilePermissions(sources, PosixFilePermissions.fromString('rw-r--r--'))
        site
    }

    private Path getSources() {
        folder.resolve('sources')
    }

    def "values and hosts in Consul are there without a commit"() {
        given:
        serve(siteOfConsul('none: 1\n', 'prefix: boot'), sources: sources)

        expect:
        server.get('/web-1/user-data').body().contains('web-1.example.com in rack 4 of Ada')

        when:
        keys['owner'] = 'Eve'
        keys['serve/hosts/web-9/facts/rack'] = '9'

        then:
        SOON.eventually { server.get('/web-1/user-data').body().contains('rack 4 of Eve') }
        SOON.eventually { server.get('/web-9/user-data').body().contains('web-9.example.com in rack 9 of Eve') }

        when: 'it is gone'
        consul.stop(0)

        then: 'nobody gets what may be another than it should be'
        SOON.eventually { server.get('/web-1/user-data').statusCode() == 500 }
        server.get('/web-1/meta-data').statusCode() == 200
        SOON.eventually { server.health().status == 'behind' }
    }

    def "a Consul that takes a question and never answers holds up nobody for long, and is named"() {
        given:
        serve(siteOfConsul(HOSTS.replace('owner: Ada', 'none: 1'), 'prefix: boot, timeout: 1s'), sources: sources)

        when:
        server.get('/web-1/user-data').statusCode() == 200
        silence = new CountDownLatch(1)

        then: 'what was rendered a moment ago, and what never was'
        SOON.eventually { server.get('/web-1/user-data').statusCode() == 500 }
        server.get('/web-2/rancheros').statusCode() == 500
        server.text().contains("/v1/kv/boot has not answered within 1s.")
        server.get('/web-2/meta-data').statusCode() == 200
        SOON.eventually { server.health().problem == 'Consul at data/hierarchy.yaml:2' }

        when: 'it answers again'
        silence.countDown()

        then:
        SOON.eventually { server.health().status == 'ok' && server.get('/web-1/user-data').statusCode() == 200 }
    }

    def "a server that begins beside one gives up after the time for one host, and names it"() {
        given:
        silence = new CountDownLatch(1)

        when:
        def problems = refused(siteOfConsul(HOSTS.replace('owner: Ada', 'none: 1'), 'prefix: "boot/${hostname}", timeout: 1s'), sources: sources, limit: Duration.ofSeconds(1))

        then:
        problems*.detail() == ["http://127.0.0.1:$consul.address.port/v1/kv/boot/web-1 has not answered within 1s.".toString()]
        asked.get() == 1
    }
}
