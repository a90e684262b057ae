package dev.converge.sink

import dev.converge.HeartbeatSchema
import dev.converge.ReportSchema
import java.time.Duration
import spock.lang.AutoCleanup

/** Reports arrive at a server, each of them, in the form that it takes. */
class HttpSinkSpec extends SinkSpecification {
    @AutoCleanup
    Collector collector = Collector.plain()

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

    def "two that go to the same address do not share what waits"() {
        given:
        open(http(collector.url()), http(collector.url(), [limit: Duration.ofSeconds(10)]))

        when:
        sinks.report(news(1))

        then:
        soon.eventually { assert runs(collector) == [id(1), id(1)] }
        soon.eventually { assert sinks.states()*.waiting() == [0, 0] }
    }
}
