package dev.converge.converger

import dev.converge.provider.Action
import dev.converge.report.Outcome
import dev.converge.report.RunKind

/** A dry run is the same walk: it predicts what a live run would do, and never writes. */
class DryRunSpec extends ProbeSpecification {

    def "in '#graph' with #drifted to change and #failing failing: #expected"() {
        given:
        drift(graph, drifted)
        fail(failing)
        def before = new TreeMap(world.values)

        expect:
        text(converge(graph, Applier.dryRun())) == expected

        and:
        world.values == before
        !world.steps.any { it.startsWith('apply') || it.startsWith('refresh') || it.startsWith('transaction') }

        where:
        graph             | drifted | failing             || expected
        'a b'             | 'b'     | ''                  || 'a:ok b:pending'
        'a-'              | ''      | ''                  || 'a:pending'
        // What is fine behind something pending is judged by what is observed.
        'a > b'           | 'a'     | ''                  || 'a:pending b:ok'
        'a > b'           | 'a b'   | ''                  || 'a:pending b:pending'
        // What fails behind something pending is expected to be put right by it, however far up that is.
        'a > b'           | 'a'     | 'observe:b'         || 'a:pending b:pending(a)'
        'a > b'           | 'a b'   | 'check:b'           || 'a:pending b:pending(a)'
        'a > b > c'       | 'a'     | 'observe:c'         || 'a:pending b:ok c:pending(a)'
        'a > b > c'       | 'a b'   | 'observe:c'         || 'a:pending b:pending c:pending(b)'
        'a > b > c'       | 'a'     | 'observe:b check:c' || 'a:pending b:pending(a) c:ok'
        'a > c b > c'     | 'a b'   | 'observe:c'         || 'a:pending b:pending c:pending(a)'
        'a > b-'          | 'a'     | 'observe:b'         || 'a:pending b:pending(a)'
        'a > B C'         | 'a C'   | 'observe:B'         || 'a:pending B:pending(a) C:pending'
        // Without anything pending before it, a failure is a failure, and skips its dependants.
        'a > b'           | ''      | 'observe:b'         || 'a:ok b:failed'
        'a > b c'         | 'c'     | 'observe:b'         || 'a:ok b:failed c:pending'
        'a > b > c'       | 'a'     | 'observe:a'         || 'a:failed b:skipped(a) c:skipped(a)'
        // What would be changed would refresh.
        'a ~ b'           | 'a'     | ''                  || 'a:pending b:pending-refresh'
        'a ~ b'           | 'a b'   | ''                  || 'a:pending b:pending+refresh'
        'a ~ b ~ c'       | 'a'     | ''                  || 'a:pending b:pending-refresh c:pending-refresh'
        'a ~ idle ~ c'    | 'a'     | ''                  || 'a:pending idle:not-refreshed(it is not running) c:ok'
        'a ~ deaf ~ c'    | 'a'     | ''                  || 'a:pending deaf:ok c:ok'
        'a ~ b'           | 'a'     | 'observe:b'         || 'a:pending b:pending+refresh(a)'
        'a ~ idle'        | 'a'     | 'observe:idle'      || 'a:pending idle:pending(a)'
        // A refresh that cannot be judged yet is expected.
        'a ~ b'           | 'a b'   | 'checkRefresh:b'    || 'a:pending b:pending+refresh'
        'a ~ b'           | 'a'     | 'checkRefresh:b observe:b' || 'a:pending b:pending+refresh(a)'
        'a ~ b > c'       | 'a'     | 'observe:c'         || 'a:pending b:pending-refresh c:pending(b)'
    }

    def "a bug behind something pending is a bug"() {
        given:
        drift('a > b', 'a')
        world.events['observe b'] = { throw new IllegalStateException('oops') }

        expect:
        text(converge('a > b', Applier.dryRun())) == 'a:pending b:failed'
    }

    def "what is expected says which change, as far as it can be told: #graph"() {
        given:
        drift(graph, 'a')
        fail('observe:b')

        when:
        def pending = of(converge(graph, Applier.dryRun()), 'b').outcome() as Outcome.Pending

        then:
        pending.speculative()
        pending.change().action() == action
        pending.change().attributes()*.after() == values

        where:
        graph    || action        | values
        'a > b'  || Action.CREATE | ['wanted']
        'a > b-' || Action.DELETE | []
    }

    def "a no-op resource would refresh nothing"() {
        given:
        noop = [a: true]
        drift('a ~ b', 'a')

        expect:
        text(converge('a ~ b', Applier.dryRun())) == 'a:pending b:ok'
    }

    def "with #drifted to change and #failing failing, a dry run exits with #status"() {
        given:
        drift('a b', drifted)
        fail(failing)

        when:
        def report = converge('a b', Applier.dryRun())

        then:
        report.kind() == RunKind.DRY_RUN
        report.exitStatus(detailed) == status

        where:
        drifted | failing     | detailed || status
        ''      | ''          | false    || 0
        'a'     | ''          | false    || 2
        'a'     | ''          | true     || 2
        ''      | 'observe:b' | false    || 4
        'a'     | 'observe:b' | false    || 6
    }

    def "with #drifted to change and #failing failing, a live run exits with #status"() {
        given:
        drift('a b', drifted)
        fail(failing)
        noop = silenced

        expect:
        converge('a b').exitStatus(detailed) == status

        where:
        drifted | failing     | silenced  | detailed || status
        ''      | ''          | [:]       | true     || 0
        'a'     | ''          | [:]       | false    || 0
        'a'     | ''          | [:]       | true     || 2
        ''      | 'observe:b' | [:]       | false    || 4
        'a'     | 'observe:b' | [:]       | false    || 6
        'a'     | ''          | [a: true] | false    || 0
        'a'     | ''          | [a: true] | true     || 2
    }
}
