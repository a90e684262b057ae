package dev.converge.converger

import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import spock.util.concurrent.PollingConditions

/** Resources of a type that changes them together share as few transactions as the graph allows. */
class BatchSpec extends ProbeSpecification {

    def "in '#graph' with #drifted to change the transactions are #transactions"() {
        given:
        drift(graph, drifted)
        fail(failing)

        expect:
        text(converge(graph)) == expected
        world.transactions == transactions

        where:
        graph           | drifted   | failing     || expected                                     | transactions
        'A B C'         | 'A B C'   | ''          || 'A:changed B:changed C:changed'              | [['A', 'B', 'C']]
        'A B C'         | 'A C'     | ''          || 'A:changed B:ok C:changed'                   | [['A', 'C']]
        'A B'           | ''        | ''          || 'A:ok B:ok'                                  | []
        'A > B'         | 'A B'     | ''          || 'A:changed B:changed'                        | [['A'], ['B']]
        'x > A B'       | 'x A B'   | ''          || 'x:changed A:changed B:changed'              | [['A', 'B']]
        'A B > y C'     | 'A B C'   | 'apply:B'   || 'A:changed B:failed y:skipped(B) C:changed'  | [['A', 'B', 'C']]
        'A B'           | 'A B'     | 'observe:A' || 'A:failed B:changed'                         | [['B']]
        'A B'           | 'A B'     | 'check:B'   || 'A:changed B:failed'                         | [['A']]
        'A ~ y B'       | 'A B'     | ''          || 'A:changed y:refreshed B:changed'            | [['A', 'B']]
        'a ~ A a ~ B'   | 'a A'     | ''          || 'a:changed A:changed+refreshed B:refreshed'  | [['A']]
    }

    def "a transaction that breaks fails everything in it"() {
        given:
        world.events['transaction A B D'] = { throw new IOException('dpkg was interrupted') }

        expect:
        text(converge('A B > c D')) == 'A:failed B:failed c:skipped(B) D:failed'
    }

    def "no-op ones stay out of the transaction"() {
        given:
        noop = [B: true]

        expect:
        text(converge('A B C')) == 'A:changed B:pending C:changed'
        world.transactions == [['A', 'C']]
    }

    def "unwanted ones stay out of it"() {
        given:
        tags = [A: ['web'], C: ['web']]

        expect:
        text(converge('A B C', Applier.live(), new RunOptions(2, ['web'] as Set, false))) ==
            'A:changed B:skipped(tags) C:changed'
        world.transactions == [['A', 'C']]
    }

    def "two transactions of one type never run at once; what comes late goes into the next"() {
        given: 'B and C are ready, and the other workers idle, before A is through with its transaction'
        def others = new CountDownLatch(2)
        Set<Thread> workers = ConcurrentHashMap.newKeySet()
        world.events['transaction A'] = {
            others.await()
            new PollingConditions(timeout: 30, delay: 0.01).eventually {
                assert workers.every { it.state in [Thread.State.WAITING, Thread.State.TIMED_WAITING] }
            }
        }
        ['apply x', 'apply y'].each { event ->
            world.events[event] = {
                workers << Thread.currentThread()
                others.countDown()
            }
        }

        when:
        def report = converge('A x > B y > C', Applier.live(), RunOptions.jobs(3))

        then:
        text(report) == 'A:changed x:changed B:changed y:changed C:changed'
        world.transactions == [['A'], ['B', 'C']]
    }
}
