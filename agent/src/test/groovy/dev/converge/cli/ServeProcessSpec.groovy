package dev.converge.cli

import com.sun.net.httpserver.HttpServer
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Files
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.AutoCleanup
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** {@code converge serve} as a process of its own: who meets it, and how it ends. */
@Timeout(120)
class ServeProcessSpec extends CliSpecification {
    static final PollingConditions SOON = new PollingConditions(timeout: 60, delay: 0.05)

    final HttpServer consul = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    final AtomicInteger waiting = new AtomicInteger()
    final CountDownLatch answer = new CountDownLatch(1)

    @AutoCleanup('shutdownNow')
    def threads = Executors.newCachedThreadPool()

    @AutoCleanup('destroyForcibly')
    Process process

    /** What web-2 gets waits for Consul. */
    private String siteOfConsul() {
        consul.executor = threads
        consul.createContext('/v1/kv/boot/') { exchange ->
            if (exchange.requestURI.path.contains('web-2')) {
                waiting.incrementAndGet()
                answer.await()
            }
            exchange.sendResponseHeaders(404, -1)
            exchange.close()
        }
        consul.start()
        def address = "http://127.0.0.1:$consul.address.port"
        def site = site('file("/etc/motd") { content lookup("owner", String); mode "0644" }\n')
        def data = Files.createDirectories(folder.resolve('site/data'))
        Files.writeString(data.resolve('hierarchy.yaml'), "version: 1\nlevels: [ { name: kv, consul: '$address', prefix: 'boot/\${hostname}', timeout: 20s }, { name: common, path: common.yaml } ]\n")
        Files.writeString(data.resolve('common.yaml'), 'owner: Ada\nserve: { facts: { os: { family: debian, name: debian } }, hosts: { web-1: , web-2: } }\n')
        Files.setPosixFilePermissions(Files.writeString(folder.resolve('sources'), "$address\n"), PosixFilePermissions.fromString('rw-r--r--'))
        site
    }

    def cleanup() {
        answer.countDown()
        consul.stop(0)
    }

    private static boolean isClosed(int port) {
        try {
            new Socket('127.0.0.1', port).close()
            return false
        } catch (ConnectException e) {
            return true
        }
    }

    def "SIGTERM leaves nobody who has asked without an answer, and lets nobody else in; a second server is told who works here"() {
        given:
        def site = siteOfConsul()
        process = new ProcessBuilder(["${System.getProperty('java.home')}/bin/java".toString(), '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', "-Dconverge.data.sources=$folder/sources".toString(),
            '-cp', System.getProperty('java.class.path'), 'dev.converge.cli.Main', '--state-dir', "$folder/state".toString(), 'serve', site, '--listen', '127.0.0.1:0', '--jobs', '2', '--time-limit', '60s'])
            .redirectErrorStream(true).start()
        def said = process.inputStream.newReader()
        def first = said.readLine()
        assert first =~ / at http:/
        def url = first.split(' at ')[1]

        when:
        def second = run('serve', site)

        then:
        second == 1
        err.contains("Another converge serve works with $folder/state/serve: process ${process.pid()}.")

        when: 'the server itself waits for the one page of web-2, and a client for the other'
        def asked = HttpClient.newHttpClient().sendAsync(HttpRequest.newBuilder(URI.create("$url/web-2/rancheros")).build(), HttpResponse.BodyHandlers.ofString())
        SOON.eventually { assert waiting.get() == 2 }
        assert ['kill', '-TERM', "${process.pid()}"].execute().waitFor() == 0
        SOON.eventually { assert isClosed(URI.create(url).port) }
        answer.countDown()

        then:
        with(asked.get()) {
            statusCode() == 200
            body().contains('Ada')
        }
        process.waitFor() == 0
        said.readLines().last().endsWith(' Ended')
    }
}
