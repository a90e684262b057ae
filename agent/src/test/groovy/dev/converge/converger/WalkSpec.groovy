package dev.converge.converger

import dev.converge.model.Declared
import dev.converge.report.ResourceReport
import java.util.concurrent.CountDownLatch
import java.util.concurrent.CyclicBarrier
import java.util.concurrent.TimeUnit
import spock.util.concurrent.PollingConditions

/** In which order, and by how many at once, resources get their turns; and how a run ends before its end. */
class WalkSpec extends ProbeSpecification {
    List<String> started = Collections.synchronizedList([])
    List<String> finished = Collections.synchronizedList([])

    def setup() {
        listener = new RunListener() {
            @Override
            void resourceStarted(Declared<?> resource) {
                started << resource.id().name()
            }

            @Override
            void resourceFinished(ResourceReport report) {
                finished << report.declared().id().name()
            }
        }
    }

    def "one job keeps the catalog's order: '#graph' as #order"() {
        when:
        converge(graph)

        then:
        started == words(order)
        finished == words(order)

        where:
        graph               || order
        'c a b'             || 'c a b'
        'c > a b'           || 'c a b'
        'x a > x b'         || 'a x b'
        'z y > z a > y b'   || 'a y z b'
    }

    def "resources that do not depend on each other run at once"() {
        given: 'each waits for the others'
        def together = new CyclicBarrier(3)
        'abc'.each { world.events["observe $it".toString()] = { together.await(30, TimeUnit.SECONDS) } }

        expect:
        text(converge('a b c', Applier.live(), RunOptions.jobs(3))) == 'a:changed b:changed c:changed'
    }

    def "no more than #jobs run at once"() {
        given:
        def now = new java.util.concurrent.atomic.AtomicInteger()
        def most = new java.util.concurrent.atomic.AtomicInteger()
        def graph = (1..200).collect { "r$it" }.join(' ')
        (1..200).each {
            world.events["observe r$it".toString()] = { most.accumulateAndGet(now.incrementAndGet(), Math::max) }
            world.events["apply r$it".toString()] = { now.decrementAndGet() }
        }

        when:
        converge(graph, Applier.live(), RunOptions.jobs(jobs))

        then:
        most.get() <= jobs

        where:
        jobs << [1, 2, 5]
    }

    def "random graph #seed with #jobs jobs: all get one turn, after those before them, and the same comes of it"() {
        given:
        def random = new Random(seed)
        int size = 40 + random.nextInt(120)
        def graph = new StringBuilder()
        def before = [:].withDefault { [] }
        size.times { int i ->
            graph.append(" ${name(i)}")
            random.nextInt(4).times {
                int to = i + 1 + random.nextInt(10)
                if (to < size) {
                    graph.append(" ${name(i)} ${random.nextInt(3) ? '>' : '~'} ${name(to)}")
                    before[name(to)] << name(i)
                }
            }
        }
        def text = graph.toString().trim()
        def failing = (0..<size).findAll { random.nextInt(15) == 0 }.collect { "apply:${name(it)}" }.join(' ')
        fail(failing)
        def names = (0..<size).collect { name(it) }

        when:
        def parallel = converge(text, Applier.live(), RunOptions.jobs(jobs))
        def order = finished.withIndex().collectEntries()
        world.values.clear()
        def alone = converge(text)

        then:
        order.keySet() == names as Set
        before.every { to, froms -> froms.every { order[it] < order[to] } }
        ProbeSpecification.text(parallel) == ProbeSpecification.text(alone)

        where:
        seed << (1..60)
        jobs = seed % 3 == 0 ? 2 : 8
    }

    private static String name(int number) {
        number % 5 == 0 ? "P$number" : "p$number"
    }

    def "told to stop, it ends what is in hand and skips the rest"() {
        given:
        def converger = converger(Applier.live())
        world.events['apply b'] = { converger.stop() }
        tags = [a: ['t'], b: ['t'], c: ['t'], d: ['t']]

        when:
        def report = converger.converge(RUN, catalog('a b c > d'), listener)

        then:
        text(report) == 'a:changed b:changed c:skipped(stop) d:skipped(stop)'
        report.interrupted()
        report.exitStatus(false) == 6
        finished == ['a', 'b', 'c', 'd']
    }

    def "told to stop while several work, it waits for all of them"() {
        given:
        def converger = converger(Applier.live(), RunOptions.jobs(3))
        def inHand = new CountDownLatch(2)
        def goOn = new CountDownLatch(1)
        ['a', 'b'].each {
            world.events["apply $it".toString()] = {
                inHand.countDown()
                goOn.await()
            }
        }
        def stopper = Thread.start {
            inHand.await()
            converger.stop()
            goOn.countDown()
        }

        when:
        def report = converger.converge(RUN, catalog('a > c b > c d > e'), listener)
        stopper.join()

        then:
        text(report).startsWith('a:changed b:changed c:skipped(stop)')
        report.interrupted()
    }

    def "told to stop before it began, it only reports"() {
        given:
        def converger = converger(Applier.live())
        converger.stop()

        expect:
        text(converger.converge(RUN, catalog('a b'), listener)) == 'a:skipped(stop) b:skipped(stop)'
        started == []
    }

    def "told to stop after the last turn, the run is complete"() {
        given:
        def converger = converger(Applier.live())
        world.events['apply a'] = { converger.stop() }

        expect:
        !converger.converge(RUN, catalog('a'), listener).interrupted()
    }

    def "a thread that is interrupted stops its run and stays interrupted"() {
        given:
        world.events['apply a'] = { Thread.currentThread().interrupt() }

        when:
        def report = converge('a b')

        then:
        Thread.interrupted()
        text(report) == 'a:changed b:skipped(stop)'
    }

    def "a provider that is interrupted fails and stops the run"() {
        given:
        world.events['apply a'] = { throw new InterruptedException() }

        when:
        def report = converge('a b', Applier.live(), RunOptions.jobs(1))

        then:
        Thread.interrupted()
        text(report) == 'a:failed b:skipped(stop)'
    }

    def "a listener that breaks ends the run with its failure, with #jobs jobs"() {
        given:
        listener = new RunListener() {
            @Override
            void resourceFinished(ResourceReport report) {
                throw new IllegalStateException('broken pipe')
            }
        }

        when:
        converge('a b c d', Applier.live(), RunOptions.jobs(jobs))

        then:
        def e = thrown(IllegalStateException)
        e.cause.message == 'broken pipe'

        where:
        jobs << [1, 4]
    }

    def "helpers end with the run"() {
        when:
        converge((1..50).collect { "r$it" }.join(' '), Applier.live(), RunOptions.jobs(8))

        then:
        new PollingConditions(timeout: 5).eventually {
            assert !Thread.allStackTraces.keySet().any { it.name.startsWith('converge-') }
        }
    }
}
