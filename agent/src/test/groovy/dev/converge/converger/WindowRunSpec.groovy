package dev.converge.converger

import dev.converge.provider.ResourceFailure
import dev.converge.report.Outcome
import java.time.Instant
import java.time.InstantSource

/** What a maintenance window that is shut means for a resource, and for those around it. It is Saturday, three o'clock. */
class WindowRunSpec extends ProbeSpecification {
    static final String SHUT = 'Sun 02:00-04:00 UTC'
    static final String OPEN = 'Sat,Sun 02:00-04:00 UTC'

    def "in '#graph' with #drifted to change, #failing failing and the windows of #windowed shut: #expected"() {
        given:
        drift(graph, drifted)
        fail(failing)
        words(windowed).each { rules[it] = [window: SHUT] }

        expect:
        text(converge(graph, Applier.live(), RunOptions.jobs(jobs))) == expected

        where:
        graph           | drifted | failing   | windowed || expected
        'a b'           | 'a b'   | ''        | 'a'      || 'a:pending[window] b:changed'
        'a b'           | 'b'     | ''        | 'a'      || 'a:ok b:changed'
        'a-'            | ''      | ''        | 'a'      || 'a:pending[window]'
        // Observing is not limited: what cannot be observed has failed at any time.
        'a > b'         | ''      | 'observe:a' | 'a'    || 'a:failed b:skipped(a)'
        'a'             | 'a'     | 'check:a' | 'a'      || 'a:failed'
        // What comes after one that waits is held back when it would change, and never fails for want of it.
        'a > b c'       | 'a b c' | ''        | 'a'      || 'a:pending[window] b:pending[a] c:changed'
        'a > b'         | 'a'     | ''        | 'a'      || 'a:pending[window] b:ok'
        'a > b > c'     | 'a c'   | ''        | 'a'      || 'a:pending[window] b:ok c:pending[a]'
        'a > b'         | 'a'     | 'observe:b' | 'a'    || 'a:pending[window] b:pending(a)[a]'
        'a > b'         | 'a b'   | 'check:b' | 'a'      || 'a:pending[window] b:pending(a)[a]'
        'a > b'         | 'b'     | ''        | 'a'      || 'a:ok b:changed'
        'a > b > c'     | 'a b c' | ''        | 'a b'    || 'a:pending[window] b:pending[window] c:pending[a]'
        'a > c b > c'   | 'b c'   | 'apply:b' | 'a'      || 'a:ok b:failed c:skipped(b)'
        // A refresh waits as well.
        'a ~ b'         | 'a'     | ''        | 'b'      || 'a:changed b:pending-refresh[window]'
        'a ~ b'         | 'a b'   | ''        | 'b'      || 'a:changed b:pending+refresh[window]'
        'a ~ b'         | 'a'     | ''        | 'a'      || 'a:pending[window] b:pending-refresh[a]'
        'a ~ idle'      | 'a'     | ''        | 'idle'   || 'a:changed idle:not-refreshed(it is not running)'
        'a ~ b > c'     | 'a c'   | ''        | 'b'      || 'a:changed b:pending-refresh[window] c:pending[b]'
        'a ~ b ~ c'     | 'a'     | ''        | 'b'      || 'a:changed b:pending-refresh[window] c:pending-refresh[b]'
        // Those that change together leave out the ones that wait.
        'A B'           | 'A B'   | ''        | 'A'      || 'A:pending[window] B:changed'
        combined:
        jobs << [1, 4]
    }

    def "inside its window a resource is like any other"() {
        given:
        rules.a = [window: OPEN]

        expect:
        text(converge('a > b')) == 'a:changed b:changed'
    }

    def "no try begins when the window has shut in the meantime: #step"() {
        given:
        drift('a', 'a')
        rules.a = [window: 'Sat 02:00-04:00 UTC', retries: 3, retryDelay: '1ms']
        def now = Instant.parse('2026-01-31T03:59:59Z')
        clock = { now } as InstantSource
        world.events["$step a".toString()] = {
            now = Instant.parse('2026-01-31T04:00:01Z')
            throw new ResourceFailure('busy')
        }

        expect:
        text(converge('a')) == 'a:failed'
        world.steps.count("$step a".toString()) == 1

        where:
        step << ['observe', 'apply']
    }

    def "the report says when the window opens"() {
        given:
        rules.a = [window: SHUT]

        expect:
        def pending = of(converge('a'), 'a').outcome() as Outcome.Pending
        (pending.hold().get() as Outcome.Hold.Window).opens().toInstant().toString() == '2026-02-01T02:00:00Z'
    }

    def "nothing of one that waits is applied or refreshed"() {
        given:
        drift('a ~ b > c', 'a b c')
        rules.b = [window: SHUT]

        when:
        converge('a ~ b > c')

        then:
        world.steps.findAll { it =~ /apply|^refresh/ } == ['apply a']
    }

    def "no-op is a reason of its own"() {
        given:
        rules.a = [window: SHUT]
        noop.a = true

        expect: 'so what comes after it does not wait'
        text(converge('a > b')) == 'a:pending b:changed'
    }

    def "a dry run tells the same of it"() {
        given:
        rules.a = [window: SHUT]

        expect:
        text(converge('a > b c', Applier.dryRun())) == 'a:pending[window] b:pending[a] c:pending'
    }

    def "what only waits is not a failure, and is not in sync"() {
        given:
        rules.a = [window: SHUT]

        when:
        def report = converge('a > b')

        then:
        report.exitStatus(false) == 0
        report.exitStatus(true) == 2
        report.counts().pending() == 2
    }
}
