package dev.converge.sink

import dev.converge.HeartbeatSchema
import dev.converge.ReportSchema
import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import javax.net.ssl.SSLContext
import spock.lang.AutoCleanup
import spock.lang.Requires

/** Reports arrive at a server, each of them, in their order, whatever the server does. */
class HttpSinkSpec extends SinkSpecification {
    @AutoCleanup
    Collector collector = Collector.plain()

    @AutoCleanup('countDown')
    CountDownLatch end = new CountDownLatch(1)

    def "a run with news is told at length, and one without is a heartbeat, at most one each interval"() {
        given:
        open(http(collector.url()))

        when:
        sinks.report(news(1))
        (2..5).each { sinks.report(quiet(it)) }
        sinks.report(news(6))

        then:
        soon.eventually { assert runs(collector) == [id(1), id(6)] }
        soon.eventually { assert collector.got*.id.count { it.endsWith('heartbeat') } == 1 }
        collector.got*.id.toUnique().size() == collector.got.size()
        collector.got.findAll { it.id.endsWith('report') }.every { ReportSchema.matches(it.text) }
        collector.got.findAll { it.id.endsWith('heartbeat') }.every { HeartbeatSchema.matches(it.text) && it.text.size() < 1024 }
        with(collector.got[0].json()) {
            it.agent.trigger == 'interval'
            it.agent.commit == '4f' * 20
            it.agent.signer == 'alice@example.com'
            it.agent.lost == []
        }
    }

    def "a heartbeat stays below 1 KiB, whatever people write"() {
        given:
        def reason = '"\\\u0007é' * 300
        def run = quiet(1).run()

        when:
        def tree = AgentJson.heartbeat(new Heartbeat(new dev.converge.report.Run(run.id(), 'h"' * 120, run.started()), reason,
            Optional.of('a' * 64), Optional.of(reason)), Optional.empty(), 1_000_000, 1_000_000)
        def text = dev.converge.schema.JsonText.line(tree)

        then:
        HeartbeatSchema.matches(text)
        text.getBytes('UTF-8').length < 1024
    }

    def "it answers #status at first: each arrives in the end, in order, always by the same key"() {
        given:
        def refusals = new AtomicInteger(5)
        collector.rule = { exchange, one ->
            if (after != null) {
                exchange.responseHeaders.set('Retry-After', after)
            }
            refusals.andDecrement > 0 ? status : 200
        }
        open(http(collector.url()))

        when:
        (1..4).each { sinks.report(news(it)) }

        then:
        soon.eventually { assert runs(collector) == (1..4).collect { id(it) } }
        collector.got.findAll { it.status != 200 }*.id.toUnique() == ["web-1/${id(1)}/report"]
        soon.eventually { assert sinks.states()[0].tally().sent() == 4 }
        with(sinks.states()[0]) {
            it.waiting() == 0
            it.tally().sent() == 4
            it.tally().failed() == 5
            it.tally().dropped() == 0
            it.problem().empty
        }
        said.all.size() == 2
        said.all[0].contains("answers $status")
        said.all[1].endsWith('works')

        where:
        status | after
        500    | null
        503    | '0'
        429    | '0'
        429    | 'Thu, 01 Jan 2015 00:00:00 GMT'
        401    | null
        404    | null
        302    | null
    }

    def "it is left alone for as long as it asks"() {
        given:
        collector.rule = { exchange, one ->
            exchange.responseHeaders.set('Retry-After', collector.got.size() == 0 ? '1' : '0')
            collector.got.size() == 0 ? 429 : 200
        }
        open(http(collector.url()))

        when:
        long begin = System.nanoTime()
        sinks.report(news(1))

        then:
        soon.eventually { assert runs(collector) == [id(1)] }
        System.nanoTime() - begin >= 1_000_000_000L
    }

    def "what it answers with #status is set aside and said, and the next one goes"() {
        given:
        collector.rule = { exchange, one -> one.id.contains(id(1)) ? status : 200 }
        open(http(collector.url()))

        when:
        sinks.report(news(1))
        soon.eventually { assert sinks.states()[0].tally().refused() == 1 }
        sinks.report(news(2))

        then:
        soon.eventually { assert runs(collector) == [id(2)] }
        collector.taken()[0].json().agent.lost*.refused == [1]
        said.all.any { it.contains('Report refused') && it.contains("because of $status") }
        files('refused').size() == 1

        when:
        soon.eventually { assert sinks.states()[0].waiting() == 0 }
        sinks.report(news(3))

        then:
        soon.eventually { assert runs(collector) == [id(2), id(3)] }
        collector.taken()[1].json().agent.lost == []

        where:
        status << [400, 413, 422]
    }

    def "one that it breaks on each time holds up nobody: it is set aside once the next was taken"() {
        given:
        collector.rule = { exchange, one -> one.id.contains(id(1)) ? 500 : 200 }
        open(http(collector.url()))

        when:
        (1..3).each { sinks.report(news(it)) }

        then:
        soon.eventually { assert runs(collector) == [id(2), id(3)] }
        soon.eventually { assert sinks.states()[0].with { it.waiting() == 0 && it.tally().refused() == 1 } }
        files('refused').size() == 1
        said.all.any { it.contains('Report refused') && it.contains('because of 500') }
    }

    def "while it takes none, none is set aside"() {
        given:
        def refusals = new AtomicInteger(30)
        collector.rule = { exchange, one -> refusals.andDecrement > 0 ? 500 : 200 }
        open(http(collector.url()))

        when:
        (1..3).each { sinks.report(news(it)) }

        then:
        soon.eventually { assert runs(collector) as Set == (1..3).collect { id(it) } as Set }
        sinks.states()[0].tally().refused() == 0
    }

    def "what waits for an address that is no longer named is told of, goes when it comes back, and is dropped in the end"() {
        given:
        int port = collector.port()
        collector.close()
        open(http(collector.url()))
        sinks.report(news(1))
        sinks.close()

        when:
        open()

        then:
        sinks.states()*.waiting() == [1]
        sinks.states()[0].problem().get().summary() == 'Reports wait for nobody'
        said.all.any { it.contains('Reports wait for nobody') }

        when: 'it comes back'
        sinks.close()
        open(http(URI.create("http://localhost:$port/in")))

        then:
        sinks.states()*.waiting() == [1]

        when: 'it is old'
        sinks.close()
        files('http-localhost').each { Files.setLastModifiedTime(it, java.nio.file.attribute.FileTime.fromMillis(0)) }
        open()

        then:
        sinks.states() == []
        !Files.list(folder.resolve('state/sinks')).withCloseable { all -> all.anyMatch { it.fileName.toString().startsWith('http-') } }
    }

    private List<Path> files(String part) {
        Files.walk(folder).withCloseable { it.filter { file -> Files.isRegularFile(file) && file.toString().contains(part) }.toList() }
    }

    def "what is large is compressed, unless the server does not take that"() {
        given:
        collector.rule = { exchange, one -> plain && one.encoding == 'gzip' ? 415 : 200 }
        open(http(collector.url()))

        when:
        sinks.report(sent(1, (1..200).collect { n -> dev.converge.output.Samples.live()[0] }))

        then:
        soon.eventually { assert collector.taken()*.encoding == [plain ? '' : 'gzip'] }
        ReportSchema.matches(collector.taken()[0].text)

        where:
        plain << [false, true]
    }

    def "one that #does is given up in time, and no run waits for it"() {
        given:
        def first = new AtomicInteger()
        collector.rule = { exchange, one ->
            if (first.andIncrement > 0) {
                return 200
            }
            act.call(exchange)
            end.await()
            -1
        }
        open(http(collector.url(), [limit: Duration.ofMillis(300)]))

        when:
        long begin = System.nanoTime()
        sinks.report(news(1))
        sinks.report(news(2))

        then:
        System.nanoTime() - begin < 2_000_000_000L
        soon.eventually { assert runs(collector) == arrive.collect { id(it) } }

        where:
        does                                     | act                                                                                       | arrive
        'hangs'                                  | { }                                                                                       | [1, 2]
        'says yes and drips the rest'            | { it.sendResponseHeaders(200, 0); it.responseBody.write('x'.bytes); it.responseBody.flush() } | [2]
        'says no and drips the reason'           | { it.sendResponseHeaders(500, 0); it.responseBody.write('x'.bytes); it.responseBody.flush() } | [1, 2]
    }

    def "one that is down while the agent ends and begins again loses nothing"() {
        given:
        int port = collector.port()
        open(http(collector.url()))
        collector.close()

        when:
        (1..5).each { sinks.report(news(it)) }
        sinks.close()

        then:
        files('http-localhost').size() == 5
        files('http-localhost').every { ThisProcess.root ? Files.getPosixFilePermissions(it).size() == 2 : true }

        when:
        open(http(URI.create("http://localhost:$port/in")))
        sinks.report(news(6))
        collector = Collector.plain(port)

        then:
        soon.eventually { assert runs(collector) == (1..6).collect { id(it) } }
        soon.eventually { assert files('http-localhost').findAll { !it.endsWith('lost.json') } == [] }
        said.all.any { it.contains('Nobody listens') }
    }

    def "what there is no room for is dropped, the oldest first, and the next report says so"() {
        given:
        def spool = Spool.open(folder.resolve('spool'), 3000, Duration.ofDays(7))
        def document = { int n -> new Document(id(n), "web-1/${id(n)}/report", 'x' * 1000) }

        when:
        (1..5).each { spool.add(document(it), Lost.NOTHING) }

        then:
        spool.count() == 3
        spool.first().get().id().contains(id(3))
        spool.lost().dropped() == 2

        when: 'the process is another one'
        def next = Spool.open(folder.resolve('spool'), 3000, Duration.ofDays(7))

        then:
        next.count() == 3
        next.lost().dropped() == 2

        when: 'a report has said it and arrived'
        next.add(document(6), next.lost())
        while (next.count() > 0) {
            next.delivered(next.first().get())
        }

        then: 'but for what was dropped for that one itself'
        next.lost().dropped() == 1

        and:
        Spool.open(folder.resolve('spool'), 3000, Duration.ofDays(7)).lost().dropped() == 1
    }

    def "what has waited too long is dropped, and a clock that is corrected while it waits drops nothing"() {
        given:
        def place = folder.resolve('spool')
        def spool = Spool.open(place, 1 << 20, Duration.ofDays(1))
        (1..2).each { spool.add(new Document(id(it), "web-1/${id(it)}/report", 'x'), Lost.NOTHING) }
        def old = Files.list(place).withCloseable { it.toList().sort(false)[0] }

        when:
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(0))

        then:
        spool.first().get().id().contains(id(1))

        and:
        with(Spool.open(place, 1 << 20, Duration.ofDays(1))) {
            it.first().get().id().contains(id(2))
            it.lost().dropped() == 1
        }
    }

    @Requires({ ThisProcess.root })
    def "while the disk is full, reports wait in memory and go from there; then they are on disk again"() {
        given:
        def disk = Files.createDirectories(folder.resolve('state'))
        command('mount', '-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'none', disk as String)
        int port = collector.port()
        collector.close()
        open(http(URI.create("http://localhost:$port/in")))
        sinks.report(news(1))
        fill(disk)

        when:
        (2..4).each { sinks.report(news(it)) }

        then:
        said.all.any { it.contains('Reports wait in memory') && it.contains('No space is left') }
        sinks.states()[0].waiting() == 4

        when:
        Files.delete(disk.resolve('filler'))
        sinks.report(news(5))

        then:
        files('http-localhost').findAll { it.toString().contains('~') }.size() == 5

        when:
        fill(disk)
        sinks.report(news(6))
        collector = Collector.plain(port)

        then:
        soon.eventually { assert runs(collector) == (1..6).collect { id(it) } }

        cleanup:
        sinks.close()
        command('umount', '-l', disk as String)
    }

    private static void fill(Path disk) {
        try {
            disk.resolve('filler').toFile().withOutputStream { out -> while (true) { out.write(new byte[1]) } }
        } catch (IOException ignored) {
            assert Files.exists(disk.resolve('filler'))
        }
    }

    private static void command(String... words) {
        def process = new ProcessBuilder(words).redirectErrorStream(true).start()
        def text = process.inputStream.text
        assert process.waitFor() == 0: text
    }

    def "by TLS it knows the server, shows its certificate and a token that it reads each time"() {
        given:
        def certificates = Files.createDirectory(folder.resolve('pem'))
        Collector.certificates(certificates)
        def token = Files.writeString(folder.resolve('token'), 'old-one\n')
        def tls = { List<String> names -> new SinkSettings.Tls(*names.collect { Optional.ofNullable(it).map { name -> certificates.resolve(name) } }) }
        def secured = Collector.closed(Pem.context(tls(['ca.crt', 'server.crt', 'server.key'])))
        secured.rule = { exchange, one -> exchange.requestHeaders.getFirst('Authorization') == 'Bearer new-one' ? 200 : 401 }
        def settings = { http(secured.url('https'), [tls: tls(it), token: token]) }

        when: 'it does not trust the server'
        open(settings([null, 'client.crt', 'client.key']))
        sinks.report(news(1))

        then:
        soon.eventually { assert said.all.any { it.contains('No encrypted connection') } }

        when: 'it cannot say who it is'
        sinks.close()
        open(settings(['ca.crt', null, null]))

        then:
        soon.eventually { assert sinks.states()[0].tally().failed() > 2 }
        secured.got.empty

        when: 'its token is out of date'
        sinks.close()
        open(settings(['ca.crt', 'client.crt', 'client.key']))

        then:
        soon.eventually { assert said.all.any { it.contains('answers 401') } }

        when:
        Files.writeString(token, 'new-one')

        then:
        soon.eventually { assert runs(secured) == [id(1)] }
        !said.all.any { it.contains('old-one') || it.contains('new-one') }

        cleanup:
        secured?.close()
    }

    def "#what is said, and what waits goes once it is mended"() {
        given:
        def token = Files.writeString(folder.resolve('token'), secret)
        open(http(url ?: collector.url(), [token: token]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert said.all.any { it.contains(says) } }
        soon.eventually { assert sinks.states()[0].tally().failed() > 2 }
        !said.all.any { it.contains('s3cret') }

        when:
        Files.writeString(token, 's3cret')

        then:
        soon.eventually { assert url || runs(collector) == [id(1)] }

        where:
        what                       | url                               | secret        | says
        'a token of two lines'     | null                              | 's3cret\nx'   | 'not fit for a header'
        'a file without its token' | null                              | ''            | 'not fit for a header'
        'a port that is none'      | URI.create('http://localhost:99999/in') | 's3cret' | 'cannot be sent'
    }

    def "a file that is not there is nothing that a manifest declares"() {
        given:
        open(http(collector.url(), [token: folder.resolve('none')]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert sinks.states()[0].problem().present }
        sinks.states()[0].problem().get().suggestion().get() == 'Put it there, or name another one in agent.yaml.'
    }

    def "two that go to the same address do not share what waits"() {
        given:
        open(http(collector.url()), http(collector.url(), [limit: Duration.ofSeconds(10)]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert runs(collector) == [id(1), id(1)] }
        soon.eventually { assert sinks.states()*.waiting() == [0, 0] }
    }

    def "files that are no PEM are told of, with what to do"() {
        when:
        Pem.context(new SinkSettings.Tls(Optional.of(Files.writeString(folder.resolve('ca'), 'nothing')), Optional.empty(), Optional.empty()))

        then:
        def e = thrown(Pem.Unfit)
        e.message.contains('no certificate')
        !e.advice().empty
    }
}
