package dev.converge.converger

import dev.converge.provider.ResourceFailure
import dev.converge.report.Outcome
import java.time.Duration
import java.util.concurrent.CountDownLatch
import spock.util.concurrent.PollingConditions

/** What a turn's timeout and a run's time limit end, and what ends with them. */
class TimeSpec extends ProbeSpecification {
    def release = new CountDownLatch(1)

    def cleanup() {
        release.countDown()
    }

    /** Waits until it is interrupted. */
    private void hang(String step) {
        world.events[step] = { release.await() }
    }

    /** Waits, and nothing ends that but the test. */
    private void freeze(String step) {
        world.events[step] = {
            while (release.count > 0) {
                try {
                    release.await()
                } catch (InterruptedException ignored) {
                    // As a call does that waits in the kernel.
                    continue
                }
            }
        }
    }

    private static String sentence(report, String name) {
        (of(report, name).outcome() as Outcome.Failed).diagnostic().detail()
    }

    def "#what longer than its timeout: it has failed, what comes after it is skipped, the rest goes on"() {
        given:
        rules.a = [timeout: '500ms']
        step == 'refresh a' ? drift('z ~ a', 'z') : null
        (how == 'hang') ? hang(step) : freeze(step)

        when:
        def report = converge('z ~ a > b c', Applier.live(), RunOptions.jobs(jobs))

        then:
        text(report) == 'z:changed a:failed b:skipped(a) c:changed'
        sentence(report, 'a').contains('its timeout of 500ms')
        sentence(report, 'a').contains(how == 'freeze' ? 'could not be interrupted' : "while it was $during")
        !Thread.currentThread().interrupted
        !report.interrupted()

        where:
        what               | step        | how      | during      | jobs
        'observed'         | 'observe a' | 'hang'   | 'observed'  | 1
        'checked'          | 'check a'   | 'hang'   | 'observed'  | 4
        'changed'          | 'apply a'   | 'hang'   | 'changed'   | 1
        'changed'          | 'apply a'   | 'hang'   | 'changed'   | 4
        'refreshed'        | 'refresh a' | 'hang'   | 'refreshed' | 1
        'frozen observing' | 'observe a' | 'freeze' | ''          | 1
        'frozen changing'  | 'apply a'   | 'freeze' | ''          | 4
    }

    def "what swallows its interrupt goes no further"() {
        given:
        rules.a = [timeout: '500ms']
        world.events['observe a'] = {
            try {
                release.await()
            } catch (InterruptedException ignored) {
                return
            }
        }

        expect:
        text(converge('a b')) == 'a:failed b:changed'
        !world.steps.contains('apply a')
    }

    def "a resource that was given up has no say any more when it ends at last"() {
        given:
        rules.a = [timeout: '500ms']
        freeze('apply a')
        def told = Collections.synchronizedList([])
        listener = new RunListener() {
            @Override
            void resourceFinished(dev.converge.report.ResourceReport report) {
                told << report.declared().id().name()
            }
        }

        when:
        def report = converge('a b')
        release.countDown()
        new PollingConditions(timeout: 5).eventually {
            assert !Thread.allStackTraces.keySet().any { it.name.startsWith('converge-') }
        }

        then:
        text(report) == 'a:failed b:changed'
        told.toSorted() == ['a', 'b']
    }

    def "in time, a timeout changes nothing, with #jobs jobs"() {
        given:
        rules.a = [timeout: '1m']
        rules.A = [timeout: '1m']

        expect:
        text(converge('a ~ b A B C', Applier.live(), RunOptions.jobs(jobs))) ==
            'a:changed b:changed+refreshed A:changed B:changed C:changed'
        world.transactions.toSet() == [['A'], ['B', 'C']] as Set

        where:
        jobs << [1, 4]
    }

    def "at the run's time limit no turn begins; what is in hand has a little longer"() {
        given:
        world.events['apply a'] = {
            release.await(1400, java.util.concurrent.TimeUnit.MILLISECONDS)
        }

        when:
        def report = converge('a > b c', Applier.live(), RunOptions.jobs(1).within(Duration.ofMillis(1000)))

        then:
        text(report) == 'a:changed b:skipped(time) c:skipped(time)'
        report.interrupted()
        report.exitStatus(false) == 6
    }

    def "what does not end after the run's time limit is interrupted, or given up: #how"() {
        given:
        how == 'hang' ? hang('apply a') : freeze('apply a')

        when:
        def report = converge('a b', Applier.live(), RunOptions.jobs(1).within(Duration.ofMillis(1000)))

        then:
        text(report) == 'a:failed b:skipped(time)'
        sentence(report, 'a').contains("the run's time limit of 1s")
        report.exitStatus(false) == 4

        where:
        how << ['hang', 'freeze']
    }

    def "within its time limit a run is like any other, with #jobs jobs"() {
        expect:
        def report = converge('a ~ b C D', Applier.live(), RunOptions.jobs(jobs).within(Duration.ofMinutes(1)))
        text(report) == 'a:changed b:changed+refreshed C:changed D:changed'
        !report.interrupted()

        where:
        jobs << [1, 4]
    }

    def "an interrupt of the caller stops a run that has limits too"() {
        given:
        def caller = Thread.currentThread()
        world.events['apply a'] = { caller.interrupt(); release.await(200, java.util.concurrent.TimeUnit.MILLISECONDS) }

        when:
        def report = converge('a b', Applier.live(), RunOptions.jobs(1).within(Duration.ofMinutes(1)))

        then:
        Thread.interrupted()
        text(report) == 'a:changed b:skipped(stop)'
    }

    def "a listener that breaks ends a run that has limits too"() {
        given:
        listener = new RunListener() {
            @Override
            void resourceFinished(dev.converge.report.ResourceReport report) {
                throw new IllegalStateException('broken pipe')
            }
        }

        when:
        converge('a b', Applier.live(), RunOptions.jobs(2).within(Duration.ofMinutes(1)))

        then:
        thrown(IllegalStateException)
    }

    def "a '#step' that fails #failures times, with #retries retries: #expected"() {
        given:
        drift('a ~ b > c', drifted)
        rules.b = [retries: retries, retryDelay: '1ms']
        int count = 0
        world.events[step] = {
            if (count++ < failures) {
                throw new ResourceFailure("refused for the ${count}. time")
            }
        }

        when:
        def report = converge('a ~ b > c')

        then:
        text(report) == expected
        of(report, 'b').tries() == (0..<tries).collect { "refused for the ${it + 1}. time".toString() }
        count == (tries + 1)

        where:
        step        | drifted | failures | retries || tries | expected
        'observe b' | 'b'     | 1        | 1       || 1     | 'a:ok b:changed c:ok'
        'observe b' | 'b'     | 2        | 1       || 1     | 'a:ok b:failed c:skipped(b)'
        'check b'   | 'b'     | 2        | 3       || 2     | 'a:ok b:changed c:ok'
        'apply b'   | 'b'     | 3        | 3       || 3     | 'a:ok b:changed c:ok'
        'apply b'   | 'b'     | 1        | 0       || 0     | 'a:ok b:failed c:skipped(b)'
        'refresh b' | 'a'     | 1        | 1       || 1     | 'a:changed b:refreshed c:ok'
        'refresh b' | 'a b'   | 2        | 2       || 2     | 'a:changed b:changed+refreshed c:ok'
        'refresh b' | 'a'     | 2        | 1       || 1     | 'a:changed b:failed c:skipped(b)'
    }

    def "what a failed try has changed #how counts as changed, and is told to those that it notifies, with #jobs jobs"() {
        given:
        drift("$name ~ b", name)
        rules[name] = [retries: 1, retryDelay: '1ms']
        world.events["apply $name".toString()] = {
            if (world.steps.count("apply $name".toString()) == 1) {
                world.values[name] = left
                throw new ResourceFailure('It ended with an error.')
            }
        }

        when:
        def report = converge("$name ~ b", Applier.live(), RunOptions.jobs(jobs))

        then:
        text(report) == "$name:changed b:refreshed"
        of(report, name).outcome().change().action().name() == 'CREATE'
        world.values[name] == 'wanted'

        where:
        name | how     | left     | jobs
        'a'  | 'whole' | 'wanted' | 1
        'a'  | 'half'  | 'other'  | 2
        'A'  | 'whole' | 'wanted' | 1
        'A'  | 'half'  | 'other'  | 2
    }

    def "a try looks at the host itself, not at what was read of it for the try before"() {
        given:
        drift('a', 'a')
        rules.a = [retries: 1, retryDelay: '1ms']
        def forgotten = []
        world.forgetting = { forgotten << world.steps.last() }
        world.events['check a'] = {
            if (forgotten.empty) {
                throw new ResourceFailure('There is no such user.')
            }
        }

        expect:
        text(converge('a')) == 'a:changed'
        forgotten == ['check a']
    }

    def "of several that change together, only those that failed are tried again"() {
        given:
        rules.B = [retries: 1, retryDelay: '1ms']
        int count = 0
        world.events['apply B'] = {
            if (count++ == 0) {
                throw new ResourceFailure('locked')
            }
        }

        expect:
        text(converge('A B C')) == 'A:changed B:changed C:changed'
        world.transactions == [['A', 'B', 'C'], ['B']]
    }

    def "a bug is not tried again"() {
        given:
        rules.a = [retries: 5, retryDelay: '1ms']
        world.events['apply a'] = { throw new IllegalStateException('bug') }

        expect:
        text(converge('a')) == 'a:failed'
        world.steps.count('apply a') == 1
    }

    def "a pause between tries ends with the run: #how"() {
        given:
        rules.a = [retries: 5, retryDelay: '10m'] + (how == 'timeout' ? [timeout: '100ms'] : [:])
        fail('apply:a')
        def options = how == 'limit' ? RunOptions.jobs(1).within(Duration.ofMillis(50)) : RunOptions.jobs(1)
        def converger = converger(Applier.live(), options)
        world.events['check a'] = { how == 'stop' ? Thread.start { converger.stop() } : null }

        when:
        def report = converger.converge(RUN, catalog('a'), listener)

        then:
        text(report) == 'a:failed'
        sentence(report, 'a').contains('apply:a failed')
        of(report, 'a').tries() == []

        where:
        how << ['stop', 'limit', 'timeout']
    }

    def "in a dry run a failed observation is tried again too"() {
        given:
        rules.a = [retries: 1, retryDelay: '1ms']
        int count = 0
        world.events['observe a'] = {
            if (count++ == 0) {
                throw new ResourceFailure('busy')
            }
        }

        expect:
        text(converge('a', Applier.dryRun())) == 'a:pending'
    }
}
