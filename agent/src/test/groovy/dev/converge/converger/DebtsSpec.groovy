package dev.converge.converger

import dev.converge.model.ResourceId
import dev.converge.provider.Change
import dev.converge.provider.ResourceFailure
import dev.converge.report.Outcome
import java.nio.file.Path
import java.time.Instant
import java.time.InstantSource
import java.util.concurrent.CountDownLatch

/** What a run makes up for that earlier ones left, what it writes down, and what it leaves itself. */
class DebtsSpec extends ProbeSpecification {
    /** What was written down, a word and a name each. */
    List<String> lines = Collections.synchronizedList([])

    Debts left

    private final Journal journal = new Journal() {
        @Override
        void planned(Change<?> change) {
            lines << "planned ${change.id().name()}".toString()
        }

        @Override
        void started(Change<?> change, List<ResourceId> notifies) {
            lines << "started ${change.id().name()}${to(notifies)}".toString()
        }

        @Override
        void done(ResourceId id) {
            lines << "done ${id.name()}".toString()
        }

        @Override
        void failed(ResourceId id, List<ResourceId> notifies) {
            lines << "failed ${id.name()}${to(notifies)}".toString()
        }

        @Override
        void refreshing(ResourceId id) {
            lines << "refreshing ${id.name()}".toString()
        }

        @Override
        void refreshed(ResourceId id, List<ResourceId> notifies) {
            lines << "refreshed ${id.name()}${to(notifies)}".toString()
        }

        @Override
        void temporary(Path real) {}

        @Override
        void ended(Debts debts) {
            left = debts
        }

        private static String to(List<ResourceId> notifies) {
            notifies ? '=' + notifies*.name().join(',') : ''
        }
    }

    private static Set<ResourceId> ids(String names) {
        words(names).collect { new ResourceId(it == it.toUpperCase() ? 'probes' : 'probe', it) } as Set
    }

    private static Debts debts(String text) {
        def (unfinished, refreshes) = text.split('=', 2) as List
        new Debts(ids(unfinished.replace(',', ' ')), ids(refreshes.replace(',', ' ')))
    }

    private static String text(Debts debts) {
        [debts.unfinished(), debts.refreshes()].collect { set -> set*.name().toSorted().join(',') }.join('=')
    }

    private String outcomes(String graph, String owed = '=', RunOptions options = RunOptions.jobs(1), boolean dry = false) {
        def applier = dry ? Applier.dryRun() : Applier.live(journal)
        text(converger(applier, options).converge(RUN, catalog(graph), Guard.none(), debts(owed), listener))
    }

    def "in '#graph' with #drifted to change and #failing failing, '#written' is written, and '#leaves' is left"() {
        given:
        drift(graph, drifted)
        fail(failing)

        when:
        outcomes(graph)

        then:
        lines == written.split(', ').findAll()
        text(left) == leaves

        where:
        graph              | drifted  | failing           || written | leaves
        'a ~ b'            | ''       | ''                || '' | '='
        'a'                | 'a'      | ''                || 'planned a, started a, done a' | '='
        'a > b'            | 'a'      | ''                || 'planned a, started a, done a' | '='
        'a ~ b'            | 'a'      | ''                || 'planned a, started a=b, done a, refreshing b, refreshed b' | '='
        'a ~ b ~ c'        | 'a'      | ''                || 'planned a, started a=b, done a, refreshing b, refreshed b=c, refreshing c, refreshed c' | '='
        'a ~ idle ~ c'     | 'a'      | ''                || 'planned a, started a=idle, done a, refreshing idle, refreshed idle' | '='
        'a ~ deaf'         | 'a'      | ''                || 'planned a, started a, done a' | '='
        'a ~ b-'           | 'a'      | ''                || 'planned a, started a, done a, planned b, started b, done b' | '='
        'A B'              | 'A B'    | ''                || 'planned A, planned B, started A, started B, done A, done B' | '='
        // What was not made is left, and what may be half made is looked at again.
        'a'                | 'a'      | 'apply:a'         || 'planned a, started a, failed a' | 'a='
        'A B'              | 'A B'    | 'apply:A'         || 'planned A, planned B, started A, started B, done B, failed A' | 'A='
        'a ~ b'            | 'a'      | 'apply:a'         || 'planned a, started a=b, failed a' | 'a='
        'a ~ b'            | 'a'      | 'refresh:b'       || 'planned a, started a=b, done a, refreshing b, failed b' | '=b'
        'a ~ b'            | 'a'      | 'observe:b'       || 'planned a, started a=b, done a' | '=b'
        'a ~ c b > c'      | 'a b'    | 'apply:b'         || 'planned a, started a=c, done a, planned b, started b, failed b' | 'b=c'
        'a ~ b ~ c'        | 'a'      | 'refresh:b'       || 'planned a, started a=b, done a, refreshing b, failed b' | '=b'
        'a ~ b ~ c'        | 'a b'    | 'refresh:b'       || 'planned a, started a=b, done a, planned b, started b=c, done b, refreshing b, failed b' | '=b,c'
        'a'                | ''       | 'observe:a'       || '' | '='
    }

    def "in '#graph', of which earlier runs owe '#owed': #expected, and '#leaves' is left"() {
        given:
        drift(graph, drifted)
        fail(failing)

        expect:
        outcomes(graph, owed) == expected
        text(left) == leaves

        where:
        graph         | drifted | failing     | owed   || expected                         | leaves
        'a ~ b'       | ''      | ''          | '=b'   || 'a:ok b:refreshed'               | '='
        'a ~ b ~ c'   | ''      | ''          | '=b'   || 'a:ok b:refreshed c:refreshed'   | '='
        'a ~ b'       | 'b'     | ''          | '=b'   || 'a:ok b:changed+refreshed'       | '='
        'a ~ b'       | 'a'     | ''          | 'a=b'  || 'a:changed b:refreshed'          | '='
        'idle'        | ''      | ''          | '=idle' || 'idle:not-refreshed(it is not running)' | '='
        'deaf'        | ''      | ''          | '=deaf' || 'deaf:ok'                       | '='
        'b-'          | ''      | ''          | '=b'   || 'b:changed'                      | '='
        'b'           | ''      | 'refresh:b' | '=b'   || 'b:failed'                       | '=b'
        'a > b'       | 'a'     | 'apply:a'   | '=b'   || 'a:failed b:skipped(a)'          | 'a=b'
        'a'           | ''      | ''          | 'a='   || 'a:ok'                           | '='
        'a'           | ''      | 'recover:a' | 'a='   || 'a:failed'                       | 'a='
        'a'           | ''      | 'observe:a' | 'a='   || 'a:failed'                       | '='
        'a > b'       | ''      | 'observe:a' | 'b='   || 'a:failed b:skipped(a)'          | 'b='
        // What another manifest owes is left to it.
        'a'           | ''      | ''          | 'x=y'  || 'a:ok'                           | 'x=y'
    }

    def "a change that failed after it made '#made' of '#before' leaves '#leaves': #why"() {
        given:
        drift('a ~ b', '')
        world.values.a = before
        world.events['apply a'] = {
            world.values.a = made
            late.call(world)
            throw new ResourceFailure('half-way')
        }

        when:
        def first = outcomes('a ~ b')

        then:
        first == 'a:failed b:skipped(a)'
        text(left) == leaves
        lines.contains(leaves == 'a=b' ? 'failed a=b' : 'failed a')

        when:
        world.events.clear()
        world.values.a = 'wanted'
        lines.clear()
        def second = outcomes('a ~ b', leaves)

        then:
        second == (leaves == 'a=b' ? 'a:ok b:refreshed' : 'a:ok b:ok')
        text(left) == '='

        where:
        why                        | before | made     | late || leaves
        'all of it'                | 'old'  | 'wanted' | { }  || 'a=b'
        'a part'                   | 'old'  | 'half'   | { }  || 'a=b'
        'nothing'                  | 'old'  | 'old'    | { }  || 'a='
        'nobody can tell how far'  | 'old'  | 'old'    | { it.events['observe a'] = { throw new ResourceFailure('gone') } } || 'a=b'
    }

    def "the part that one try made is refreshed after, once, whether a later try of the run or a later run completes it"() {
        given:
        drift('a ~ b', 'a')
        rules.a = [retries: retries, retryDelay: '1ms']
        world.events['apply a'] = {
            if (world.steps.count('apply a') == 1) {
                world.values.a = 'half'
                throw new ResourceFailure('half-way')
            }
        }

        expect:
        outcomes('a ~ b') == first
        outcomes('a ~ b', text(left)) == second
        world.steps.count('refresh b') == 1
        text(left) == '='

        where:
        retries || first                   | second
        0       || 'a:failed b:skipped(a)' | 'a:changed b:refreshed'
        1       || 'a:changed b:refreshed' | 'a:ok b:ok'
    }

    def "a failed change that notifies nobody is not looked at again"() {
        given:
        drift('a > b', 'a')
        fail('apply:a')

        when:
        outcomes('a > b')

        then:
        world.steps.count('observe a') == 1
    }

    def "what was unfinished is recovered before anything is observed"() {
        given:
        drift('a B', '')

        when:
        outcomes('a B', 'a,B=')

        then:
        world.steps == ['recover a', 'observe a', 'recover B', 'observe B']
    }

    def "what a run does not reach stays owed: #why"() {
        given:
        drift('a b', '')
        noop = [a: isNoop, b: isNoop]
        tags = [a: ['x'], b: ['y']]
        rules = isShut ? [a: [window: 'Sat 02:00-04:00 UTC'], b: [window: 'Sat 02:00-04:00 UTC']] : [:]
        clock = InstantSource.fixed(Instant.parse('2026-01-31T12:00:00Z'))

        expect:
        outcomes('a b', 'a=b', new RunOptions(1, wanted as Set, false)) == expected
        text(left) == leaves

        where:
        why              | wanted | isNoop | isShut || expected                        | leaves
        'other tags'     | ['x']  | null   | false  || 'a:ok b:skipped(tags)'          | '=b'
        'a shut window'  | []     | null   | true   || 'a:ok b:pending-refresh[window]' | 'a=b'
        // What is pending in no-op is told once, and then it is up to the reader.
        'no-op'          | []     | true   | false  || 'a:ok b:pending-refresh'        | 'a='
    }

    def "what was given up at its time limit is in doubt, and so is what it notifies"() {
        given:
        drift('a ~ b', 'a')
        rules.a = [timeout: '100ms', retries: 2, retryDelay: '1ms']
        def release = new CountDownLatch(1)
        world.events['apply a'] = {
            while (release.count > 0) {
                try {
                    release.await()
                } catch (InterruptedException ignored) {
                    continue
                }
            }
        }

        expect:
        outcomes('a ~ b') == 'a:failed b:skipped(a)'
        text(left) == 'a=b'

        cleanup:
        release.countDown()
    }

    def "a try that succeeds leaves nothing in doubt, whether the one before failed to #step or earlier runs did"() {
        given:
        drift('a ~ b', 'a')
        rules.a = [retries: 1, retryDelay: '1ms']
        world.events["$step a".toString()] = {
            if (world.steps.count("$step a".toString()) == 1) {
                throw new ResourceFailure('not yet')
            }
        }

        expect:
        outcomes('a ~ b', owed) == 'a:changed b:refreshed'
        text(left) == '='

        where:
        step      | owed
        'apply'   | '='
        'apply'   | 'a=b'
        'recover' | 'a='
        'observe' | 'a=b'
    }

    def "a refresh that waits for a window is owed only once its cause was changed"() {
        given:
        drift('a ~ b', drifted)
        rules = [(shut): [window: 'Sat 02:00-04:00 UTC']]
        clock = InstantSource.fixed(Instant.parse('2026-01-31T12:00:00Z'))

        expect:
        outcomes('a ~ b') == expected
        text(left) == leaves

        where:
        shut | drifted || expected                       | leaves
        'b'  | 'a'     || 'a:changed b:pending-refresh[window]' | '=b'
        'a'  | 'a'     || 'a:pending[window] b:pending-refresh[a]' | '='
    }

    def "a run that is stopped leaves what it had no time for"() {
        given:
        drift('a ~ b', 'a')
        Converger converger = converger(Applier.live(journal))
        world.events['apply a'] = { converger.stop() }

        when:
        def report = converger.converge(RUN, catalog("a ~ b"), listener)

        then:
        text(report) == 'a:changed b:skipped(stop)'
        text(left) == '=b'
    }

    def "a dry run tells of the refreshes that are owed, and recovers nothing"() {
        given:
        drift('a ~ b', '')

        expect:
        outcomes('a ~ b', 'a=b', RunOptions.jobs(1), true) == 'a:ok b:pending-refresh'
        !world.steps.any { it.startsWith('recover') }
        left == null
    }

    def "where the journal cannot be written, the change is not made"() {
        given:
        drift('a', 'a')
        def full = new Journal() {
            @Override
            void started(Change<?> change, List<ResourceId> notifies) throws IOException {
                throw new IOException('No space left on device')
            }
        }

        when:
        def report = converge('a', Applier.live(full))

        then:
        text(report) == 'a:failed'
        (of(report, 'a').outcome() as Outcome.Failed).diagnostic().detail().contains('No space is left')
        !world.steps.contains('apply a')
    }

    def "a journal that cannot be completed is a warning"() {
        given:
        drift('a', 'a')
        def full = new Journal() {
            @Override
            void ended(Debts left) throws IOException {
                throw new IOException('No space left on device')
            }
        }

        when:
        def report = converge('a', Applier.live(full))

        then:
        text(report) == 'a:changed'
        report.messages()*.summary() == ['The journal was not completed']
    }
}
