package dev.converge.converger

import dev.converge.model.ResourceId

/** Runs of some resources, as after an event. */
class SomeSpec extends ProbeSpecification {
    private static Set<ResourceId> ids(String names) {
        words(names).collect { new ResourceId(it == it.toUpperCase() ? 'probes' : 'probe', it) } as Set
    }

    private static Debts debts(String half, String owed) {
        new Debts(ids(half), ids(owed))
    }

    def "of '#graph' with #drifted to change, a run of #named reports #expected"() {
        given:
        drift(graph, drifted)

        expect:
        text(converge(graph, Applier.live(), RunOptions.jobs(jobs).only(ids(named)))) == expected

        where:
        graph                | drifted | named     || expected
        'a b c'              | ''      | 'b'       || 'b:ok'
        'a b c'              | 'a b'   | 'b'       || 'b:changed'
        'a b c'              | 'a b c' | 'c a'     || 'a:changed c:changed'
        // What comes after is looked at when there is a reason, however far down.
        'a > b > c d'        | ''      | 'a'       || 'a:ok'
        'a > b > c d'        | 'a'     | 'a'       || 'a:changed b:ok c:ok'
        'a > b > c d'        | 'a c'   | 'a'       || 'a:changed b:ok c:changed'
        'a > b > c d'        | 'a c'   | 'b'       || 'b:ok'
        'a > b > c d'        | 'b c'   | 'a c'     || 'a:ok c:changed'
        'a ~ b > c'          | 'a'     | 'a'       || 'a:changed b:refreshed c:ok'
        'a ~ b'              | 'a'     | 'b'       || 'b:ok'
        'A B C'              | 'A B'   | 'B'       || 'B:changed'
        // What nobody declares is not looked at.
        'a b'                | 'a'     | 'gone'    || ''
        'a b'                | 'a'     | ''        || ''
        jobs = 3
    }

    def "what comes after one that fails is skipped, and nothing else is touched"() {
        given:
        drift('a > b c', 'a b c')
        fail('apply:a')

        expect:
        text(converge('a > b c', Applier.live(), RunOptions.jobs(1).only(ids('a')))) == 'a:failed b:skipped(a)'
        world.values.keySet() == [] as Set
    }

    def "a dry run of some foretells what comes after them"() {
        given:
        drift('a ~ b > c d', 'a d')

        expect:
        text(converge('a ~ b > c d', Applier.dryRun(), RunOptions.jobs(1).only(ids('a')))) ==
            'a:pending b:pending-refresh c:ok'
    }

    def "the run of #named pays what it is there for and leaves the rest to the next"() {
        given:
        drift('a ~ b c ~ d', '')
        Debts left = null
        def journal = new Journal() {
            @Override
            void ended(Debts debts) {
                left = debts
            }
        }

        when:
        def report = converger(Applier.live(journal), RunOptions.jobs(1).only(ids(named)))
            .converge(RUN, catalog('a ~ b c ~ d'), Guard.none(), debts(half, owed), listener)

        then:
        text(report) == expected
        left.unfinished()*.name().join(' ') == halfLeft
        left.refreshes()*.name().join(' ') == owedLeft

        where:
        named | half | owed  || expected         | halfLeft | owedLeft
        'a'   | ''   | 'd'   || 'a:ok'           | ''       | 'd'
        'a'   | ''   | 'b d' || 'a:ok b:refreshed' | ''     | 'd'
        'a'   | 'c'  | ''    || 'a:ok'           | 'c'      | ''
        'c'   | 'c'  | ''    || 'c:ok'           | ''       | ''
    }
}
