package dev.converge.serve

import dev.converge.data.Outside
import dev.converge.diagnostic.Diagnostic
import dev.converge.diagnostic.DiagnosticPrinter
import dev.converge.host.LocalCommands
import dev.converge.schema.TypeRegistry
import dev.converge.target.RenderOptions
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import java.util.function.Function
import javax.net.ssl.SSLContext
import tools.jackson.databind.json.JsonMapper

/** A server as the command starts it, in this process, with what it has logged, and somebody who asks it. */
final class RunningServer implements AutoCloseable {
    static final Map USUAL = [interval: Duration.ofMillis(50), dataAge: Duration.ofMillis(50), grace: Duration.ofMinutes(10), limit: Duration.ofSeconds(20)]

    final SiteServer server
    final List<String> log
    private final Thread thread
    private final HttpClient client

    private RunningServer(SiteServer server, List<String> log, SSLContext trust) {
        this.server = server
        this.log = log
        def builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
        this.client = (trust == null ? builder : builder.sslContext(trust)).build()
        this.thread = new Thread({ server.run() }, 'serve')
        thread.start()
    }

    /** What came of a start. */
    static Object begin(SiteOrigin origin, Path state, Map options = [:]) {
        def all = USUAL + options
        List<String> log = new CopyOnWriteArrayList<>()
        def settings = new ServeSettings(new InetSocketAddress(InetAddress.getByName('127.0.0.1'), all.port ?: 0), Optional.ofNullable(all.tls),
            Optional.ofNullable(all.url), all.interval, all.dataAge, all.limit, 2, all.grace, state)
        def editionSettings = new EditionSettings(TypeRegistry.of(RunningServer.classLoader), new Outside(new LocalCommands(Path.of('/')), all.sources ?: Path.of('/dev/null')),
            state.resolve('manifests'), new RenderOptions(false, false), all.limit)
        def begun = SiteServer.begin(origin, editionSettings, settings, logTo(log))
        begun.ok ? new RunningServer(begun.value().get(), log, all.trust) : begun.diagnostics()
    }

    static RunningServer of(Map options = [:], SiteOrigin origin, Path state) {
        def begun = begin(origin, state, options)
        assert begun instanceof RunningServer : "$begun"
        begun
    }

    private static ServerLog logTo(List<String> log) {
        new ServerLog() {
            @Override
            void say(String text) {
                log << text
            }

            @Override
            void tell(String text, Function<String, Optional<List<String>>> lines, List<Diagnostic> problems) {
                log << text + '\n' + new DiagnosticPrinter(lines, false).print(problems)
            }

            @Override
            void access(String line) {
                log << line
            }
        }
    }

    HttpResponse<String> get(String path, Map<String, String> headers = [:]) {
        def request = HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(30))
        headers.each { name, value -> request.header(name, value) }
        client.send(request.build(), HttpResponse.BodyHandlers.ofString())
    }

    /** What a client says and hears on a connection of its own, from another address of this machine maybe. */
    String raw(String said, String from = '127.0.0.1') {
        new Socket('127.0.0.1', port, InetAddress.getByName(from), 0).withCloseable {
            it.soTimeout = 10_000
            it.outputStream << said
            it.outputStream.flush()
            it.inputStream.getText('ISO-8859-1')
        }
    }

    int getPort() {
        URI.create(server.url()).port
    }

    Map health() {
        JsonMapper.shared().readValue(get('/healthz').body(), Map)
    }

    String text() {
        log.join('\n')
    }

    @Override
    void close() {
        server.stop()
        thread.join()
        server.close()
    }
}
