package dev.converge.converger

import dev.converge.provider.ResourceFailure
import dev.converge.report.Outcome

/** What comes of each resource in a live run. */
class ConvergerSpec extends ProbeSpecification {

    def "in '#graph' with #drifted to change and #failing failing, by #jobs at once: #expected"() {
        given:
        drift(graph, drifted)
        fail(failing)

        expect:
        text(converge(graph, Applier.live(), RunOptions.jobs(jobs))) == expected

        where:
        graph           | drifted | failing     || expected
        'a b'           | ''      | ''          || 'a:ok b:ok'
        'a b'           | 'b'     | ''          || 'a:ok b:changed'
        'a-'            | ''      | ''          || 'a:changed'
        'a-'            | 'a'     | ''          || 'a:ok'
        // A failure skips its dependants, names itself to all of them, and leaves the rest alone.
        'a > b c'       | 'a'     | 'apply:a'   || 'a:failed b:skipped(a) c:ok'
        'a > b > c d'   | ''      | 'observe:a' || 'a:failed b:skipped(a) c:skipped(a) d:ok'
        'a > c b > c'   | 'a b'   | 'apply:a apply:b' || 'a:failed b:failed c:skipped(a)'
        'a > b c > b'   | 'c'     | 'apply:c'   || 'a:ok c:failed b:skipped(c)'
        'a > b'         | 'a'     | 'check:a'   || 'a:failed b:skipped(a)'
        'a ~ b'         | 'a'     | 'apply:a'   || 'a:failed b:skipped(a)'
        // A change refreshes those that it notifies.
        'a ~ b'         | 'a'     | ''          || 'a:changed b:refreshed'
        'a ~ b'         | ''      | ''          || 'a:ok b:ok'
        'a > b'         | 'a'     | ''          || 'a:changed b:ok'
        'a ~ b'         | 'a b'   | ''          || 'a:changed b:changed+refreshed'
        'a > b a ~ b'   | 'a'     | ''          || 'a:changed b:refreshed'
        'a ~ b-'        | 'a'     | ''          || 'a:changed b:changed'
        'a- ~ b'        | ''      | ''          || 'a:changed b:refreshed'
        // A refresh goes on to what the refreshed one notifies, unless refreshing does nothing.
        'a ~ b ~ c'     | 'a'     | ''          || 'a:changed b:refreshed c:refreshed'
        'a ~ deaf ~ c'  | 'a'     | ''          || 'a:changed deaf:ok c:ok'
        'a ~ b > c'     | 'a'     | ''          || 'a:changed b:refreshed c:ok'
        // A refresh that had nothing to do is said, and goes no further.
        'a ~ idle ~ c'  | 'a'     | ''          || 'a:changed idle:not-refreshed(it is not running) c:ok'
        'a ~ idle ~ c'  | 'a idle' | ''         || 'a:changed idle:changed c:refreshed'
        // A failed refresh is a failure; what failed or was skipped is not refreshed.
        'a ~ b > c'     | 'a'     | 'refresh:b' || 'a:changed b:failed c:skipped(b)'
        'a ~ b'         | 'a b'   | 'apply:b'   || 'a:changed b:failed'
        'a ~ c b > c'   | 'a b'   | 'apply:b'   || 'a:changed b:failed c:skipped(b)'
        combined:
        jobs << [1, 4]
    }

    def "several that changed refresh a target once, after its own turn"() {
        given:
        drift('a ~ c b ~ c', 'a b c')

        when:
        converge('a ~ c b ~ c')

        then:
        world.steps.findAll { it.endsWith(' c') } == ['observe c', 'check c', 'apply c', 'refresh c']
    }

    def "a target that failed or was skipped is never refreshed"() {
        given:
        drift('a ~ b ~ c', 'a b')
        fail('apply:b')

        when:
        converge('a ~ b ~ c')

        then:
        !world.steps.any { it.startsWith('refresh') }
    }

    def "a refresh that fails after a change says what had been changed"() {
        given:
        drift('a ~ b', 'a b')
        fail('refresh:b')

        when:
        def report = converge('a ~ b')

        then:
        def failed = of(report, 'b').outcome() as Outcome.Failed
        failed.made().get().id().name() == 'b'
        report.changedTheHost()
        report.exitStatus(false) == 6
    }

    def "what 'check' refuses is not applied"() {
        given:
        fail('check:a')

        when:
        converge('a')

        then:
        world.steps == ['observe a', 'check a']
    }

    def "with #noop in no-op, '#graph' with #drifted to change: #expected"() {
        given:
        this.noop = noop
        drift(graph, drifted)

        expect:
        text(converge(graph, Applier.live(), new RunOptions(1, [] as Set, all))) == expected
        world.steps.findAll { it.startsWith('apply') || it.startsWith('refresh') } == written

        where:
        graph         | drifted | noop        | all   || expected                            | written
        'a b'         | 'a b'   | [a: true]   | false || 'a:pending b:changed'               | ['apply b']
        'a ~ b'       | 'a'     | [a: true]   | false || 'a:pending b:ok'                    | []
        'a ~ b'       | 'a'     | [b: true]   | false || 'a:changed b:pending-refresh'       | ['apply a']
        'a ~ b ~ c'   | 'a'     | [b: true]   | false || 'a:changed b:pending-refresh c:ok'  | ['apply a']
        'a ~ b'       | 'a b'   | [:]         | true  || 'a:pending b:pending'               | []
        'a b'         | 'a b'   | [b: false]  | true  || 'a:pending b:changed'               | ['apply b']
    }

    def "a failure behind a no-op resource is real in a live run"() {
        given:
        noop = [a: true]
        drift('a > b', 'a')
        fail('observe:b')

        expect:
        text(converge('a > b')) == 'a:pending b:failed'
    }

    def "limited to #wanted, '#graph' with #drifted to change: #expected"() {
        given:
        tags = [a: ['web', 'probe'], b: ['db'], c: ['web']]
        drift(graph, drifted)
        fail(failing)

        expect:
        text(converge(graph, Applier.live(), new RunOptions(1, wanted as Set, false))) == expected

        where:
        graph       | wanted        | drifted | failing   || expected
        'a b c'     | []            | 'a b c' | ''        || 'a:changed b:changed c:changed'
        'a b c'     | ['web']       | 'a b c' | ''        || 'a:changed b:skipped(tags) c:changed'
        'a b c'     | ['db', 'x']   | 'a b c' | ''        || 'a:skipped(tags) b:changed c:skipped(tags)'
        'a b c'     | ['none']      | 'a b c' | ''        || 'a:skipped(tags) b:skipped(tags) c:skipped(tags)'
        'a > b > c' | ['web']       | 'c'     | ''        || 'a:ok b:skipped(tags) c:changed'
        'a > b > c' | ['web']       | 'a c'   | 'apply:a' || 'a:failed b:skipped(tags) c:skipped(a)'
        'a ~ b'     | ['web']       | 'a'     | ''        || 'a:changed b:skipped(tags)'
    }

    def "a provider that becomes usable during the run is used"() {
        given: 'b cannot be observed until a, its package, is there'
        world.events['observe b'] = {
            if (!world.values['a']) {
                throw new ResourceFailure('no such command')
            }
        }

        expect:
        text(converge('a > b')) == 'a:changed b:changed'
    }

    def "a second run changes nothing"() {
        given:
        converge('a ~ b > C D')

        expect:
        text(converge('a ~ b > C D')) == 'a:ok b:ok C:ok D:ok'
    }

    def "each resource has its own time and place in the run"() {
        when:
        def report = converge('a > b')

        then:
        report.resources().every { !it.took().negative }
        of(report, 'b').startedAfter() >= of(report, 'a').startedAfter() + of(report, 'a').took()
        report.phases().keySet() == ['converge'] as Set
    }

    def "an empty catalog is in sync"() {
        given:
        def nothing = dev.converge.model.Catalog.of([], [], [], []).value().get()

        when:
        def report = converger(Applier.live(), RunOptions.jobs(8)).converge(RUN, nothing, listener)

        then:
        report.counts().total() == 0
        report.exitStatus(true) == 0
    }
}
