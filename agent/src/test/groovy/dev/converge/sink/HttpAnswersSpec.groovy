package dev.converge.sink

import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import spock.lang.AutoCleanup

/** What becomes of a report by what a server answers, or does not. */
class HttpAnswersSpec extends SinkSpecification {
    @AutoCleanup
    Collector collector = Collector.plain()

    @AutoCleanup('countDown')
    CountDownLatch end = new CountDownLatch(1)

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
        soon.eventually { assert said.all.any { it.contains('Report refused') && it.contains('because of 500') } }
        soon.eventually { assert sinks.states()[0].with { it.waiting() == 0 && it.tally().refused() == 1 } }
        files('refused').size() == 1
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
}
