package dev.converge.sink

import dev.converge.HeartbeatSchema
import dev.converge.ReportSchema
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.output.Samples
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires

/** Files, programs and Prometheus. */
class OtherSinksSpec extends SinkSpecification {
    private static final Duration LONG = Duration.ofDays(30)

    @AutoCleanup
    Collector collector = Collector.plain()

    private SinkSettings.FileSink file(int keep = 100) {
        new SinkSettings.FileSink(Optional.of(folder.resolve('reports')), keep, LONG)
    }

    private SinkSettings.PrometheusSink prometheus() {
        new SinkSettings.PrometheusSink(Optional.of(folder.resolve('converge.prom')), Optional.of(0))
    }

    private SinkSettings.CommandSink command(String script, Duration limit = Duration.ofSeconds(20)) {
        new SinkSettings.CommandSink(['/bin/sh', '-c', script], limit)
    }

    private List<String> names() {
        folder.resolve('reports').toFile().list()?.toList()?.sort() ?: []
    }

    def "files of runs, for their owner only, the latest of them; others' files stay"() {
        given:
        Files.createDirectories(folder.resolve('reports'))
        Files.writeString(folder.resolve('reports/notes.json'), '{}')
        open(file(3))

        when:
        (1..5).each { sinks.report(news(it)) }
        sinks.report(quiet(6))

        then:
        soon.eventually { assert names() == [id(3), id(4), id(5)].collect { "${it}.json" as String } + ['heartbeat.json', 'notes.json'] }
        ReportSchema.matches(Files.readString(folder.resolve("reports/${id(5)}.json")))
        HeartbeatSchema.matches(Files.readString(folder.resolve('reports/heartbeat.json')))
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("reports/${id(5)}.json"))) == 'rw-------'
    }

    def "a run that did not come to pass is told with its id and its reasons"() {
        given:
        open(file())

        when:
        sinks.report(sent(1, [], [refused: true, problems: [Diagnostic.error(Code.SYNTAX, 'Syntax error', 'hunter3 is odd.')]]))
        sinks.report(sent(2, [], [refused: true, problems: [Diagnostic.error(Code.SYNTAX, 'Syntax error', 'hunter3 is odd.')]]))

        then: 'once, as it stays the same'
        soon.eventually { assert names() == ["${id(1)}.json" as String, 'heartbeat.json'] }
        ReportSchema.matches(Files.readString(folder.resolve("reports/${id(1)}.json")))
    }

    def "a program gets the report on its standard input, and no heartbeat"() {
        given:
        open(command("cat > $folder/got-\$CONVERGE_RUN"))

        when:
        sinks.report(quiet(1))
        sinks.report(news(2))

        then:
        soon.eventually { assert sinks.states()[0].tally().sent() == 1 }
        folder.toFile().list().findAll { it.startsWith('got-') } == ["got-${id(2)}"]
        ReportSchema.matches(Files.readString(folder.resolve("got-${id(2)}")))
    }

    def "a heartbeat does not make a program that fails look as if it had taken a report"() {
        given:
        open(command('exit 3'))
        sinks.report(news(1))
        soon.eventually { assert sinks.states()[0].tally().dropped() == 1 }

        when: 'a heartbeat, then a report that fails as well'
        sinks.report(quiet(2))
        sinks.report(news(3))

        then:
        soon.eventually { assert sinks.states()[0].tally().dropped() == 2 }
        said.all.size() == 1
        sinks.states()[0].problem().isPresent()
        sinks.states()[0].lastSent().isEmpty()
    }

    def "a program that #does is said, and no run waits for it"() {
        given:
        open(command(script, Duration.ofMillis(500)))

        when:
        long begin = System.nanoTime()
        sinks.report(news(1))

        then:
        System.nanoTime() - begin < 2_000_000_000L
        soon.eventually { assert said.all.any { it.contains(why) } }
        sinks.states()[0].tally().dropped() == 1
        said.all.every { it.length() < 10_000 }

        where:
        does             | script                      | why
        'fails'          | 'echo no luck >&2; exit 3'  | 'has ended with 3. It says: no luck'
        'does not end'   | 'sleep 1000'                | 'was ended after'
        'says too much'  | 'yes | head -c 5000000; false' | 'has ended with 1'
    }

    @Requires({ new File('/usr/bin/promtool').canExecute() })
    def "promtool finds nothing to say about the metrics, in the file or on the port"() {
        given:
        open(prometheus(), http(URI.create('http://localhost:1/in?a="b"'.replace('"', '%22'))))

        when:
        sinks.report(sent(1, Samples.live(), [trigger: 'drift']))
        sinks.report(sent(2, Samples.dry()))
        sinks.report(sent(3, [], [refused: true, problems: [Diagnostic.error(Code.SYNTAX, 'Syntax error', 'Odd.')]]))
        sinks.fetched(false)
        sinks.fetched(true)
        sinks.disabled(true)
        def text = Files.readString(folder.resolve('converge.prom'))

        then:
        promtool(text) == ''
        promtool(new URL("http://127.0.0.1:${sinks.port().get()}/metrics").text) == ''
        PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve('converge.prom'))) == 'rw-r--r--'
        text.readLines().containsAll([
            "converge_info{version=\"development\",environment=\"production\",commit=\"${'4f' * 20}\"} 1" as String,
            'converge_disabled 1',
            'converge_run_timestamp_seconds 1769903999.003',
            'converge_run_refused 1',
            'converge_runs_total{trigger="drift",result="failed"} 1',
            'converge_runs_total{trigger="interval",result="refused"} 1',
            'converge_resources{outcome="pending"} 4',
            'converge_drift_resources{type="file"} 3',
            'converge_drift_restored_total{type="file"} 1',
            'converge_fetch_failures_total 1',
        ])
    }

    private static String promtool(String text) {
        def process = new ProcessBuilder('promtool', 'check', 'metrics').redirectErrorStream(true).start()
        process.outputStream.withWriter { it << text }
        process.inputStream.text
    }

    def "a port that is taken keeps nobody from the file, and both troubles are told in one go"() {
        given:
        def taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())
        def said = []
        def log = [say: { sink, problem -> said << problem }, better: { said << 'better' }] as SinkLog
        def file = folder.resolve('later/converge.prom')
        def metrics = MetricsSink.start(
                new SinkSettings.PrometheusSink(Optional.of(file), Optional.of(taken.localPort)), { 'figures' }, log)

        expect:
        said*.detail().every { it.contains("Port $taken.localPort") && it.contains('later') }
        said.size() == 1

        when:
        Files.createDirectories(file.parent)
        metrics.publish()

        then:
        Files.readString(file) == 'figures'
        said.size() == 2

        when:
        taken.close()
        metrics.publish()

        then:
        said.last() == 'better'

        cleanup:
        taken?.close()
        metrics?.close()
    }

    def "types of resources make no more than 26 series"() {
        given:
        def metrics = new Metrics()
        def drift = (1..100).collect {
            new Drift("type$it[x]", java.time.Instant.EPOCH, 'interval', true, Drift.State.RESTORED, Optional.empty(), [:])
        }

        when:
        metrics.drifting(drift)
        metrics.ran(quiet(1), drift)

        then:
        metrics.text([]).readLines().count { it.startsWith('converge_drift_resources{') } == 26
        metrics.text([]).readLines().count { it.startsWith('converge_drift_restored_total{') } == 26
    }

    def "the port answers #request with #status"() {
        given:
        open(prometheus())
        def socket = new Socket('127.0.0.1', sinks.port().get())

        when:
        socket.outputStream << request.replace('|', '\r\n')

        then:
        socket.inputStream.text.startsWith(status)

        cleanup:
        socket?.close()

        where:
        request                                        | status
        'GET /metrics HTTP/1.1|Host: localhost:9187||' | 'HTTP/1.1 200'
        'GET /metrics?x=1 HTTP/1.0||'                  | 'HTTP/1.1 200'
        'HEAD /metrics HTTP/1.1|Host: 127.0.0.1||'     | 'HTTP/1.1 200'
        'GET / HTTP/1.1|Host: localhost||'             | 'HTTP/1.1 404'
        'POST /metrics HTTP/1.1|Host: localhost||'     | 'HTTP/1.1 405'
        'GET /metrics HTTP/1.1|Host: evil.example||'   | 'HTTP/1.1 403'
        'GET /metrics'                                 | ''
    }

    def "the secret of a manifest is in none of what any of them gets or keeps"() {
        given:
        open(file(), http(collector.url()), prometheus(), command("cat > $folder/got"), http(URI.create('http://localhost:1/in')))

        when:
        sinks.report(sent(1, Samples.live() + Samples.dry(), [problems: [Diagnostic.error(Code.RUNTIME_ERROR, 'Failed', 'It says hunter2.')]]))

        then:
        soon.eventually {
            assert collector.taken().size() == 1
            assert names().size() == 1
            assert sinks.states()*.tally()*.sent().take(2) == [1, 1]
            assert sinks.states()[2].tally().sent() == 1
        }
        !collector.got.any { it.text.contains('hunter2') }
        !said.all.any { it.contains('hunter2') }
        def all = Files.walk(folder).withCloseable { it.filter(Files::isRegularFile).toList() }
        all.size() >= 5
        all.findAll { contents(it).contains('hunter2') } == []
    }

    private static String contents(Path file) {
        def bytes = Files.readAllBytes(file)
        new String(file.toString().endsWith('.gz') ? Parcel.unzip(bytes) : bytes, 'ISO-8859-1')
    }
}
