package dev.converge.watch

import dev.converge.diagnostic.SourceRange
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.notice.NoticeResource
import dev.converge.provider.Action
import dev.converge.provider.Change
import dev.converge.report.Cause
import dev.converge.report.Causes
import dev.converge.report.Outcome
import dev.converge.report.Report
import dev.converge.report.ResourceReport
import dev.converge.report.Run
import dev.converge.report.RunKind
import java.time.Duration
import java.time.Instant
import spock.lang.Specification

class FightsSpec extends Specification {
    static final ResourceId ID = new ResourceId('file', '/x')
    long now
    Fights fights = new Fights(new FightRules(3, Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(240)), { now })

    private void pass(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos()
    }

    /** @param cause who moved; none when it was found in sync */
    private List run(Cause cause) {
        def declared = new Declared<>(ID, null, Ensure.PRESENT, SourceRange.point('site.groovy', 1, 1), Policy.none())
        def change = new Change<>(declared, Action.UPDATE, Optional.empty(), [])
        def outcome = cause == null ? new Outcome.InSync(Optional.empty()) : new Outcome.Changed(change, Optional.empty())
        def causes = Optional.ofNullable(cause).map { new Causes(it, [:]) }
        def resource = new ResourceReport(declared, outcome, Duration.ZERO, Duration.ZERO, causes, [])
        fights.settle(Report.of(new Run('r', 'h', Instant.EPOCH), RunKind.LIVE, false, Duration.ZERO, [resource]))
    }

    private boolean isAdmitted() {
        !fights.admit([ID] as Set).isEmpty()
    }

    def "three corrections in a minute are a fight, which is told once"() {
        expect:
        (1..2).every { isAdmitted() && run(Cause.HOST).isEmpty() }
        run(Cause.HOST)*.summary() == ['Something changes it back each time']
        !isAdmitted()
        fights.next().asLong == Duration.ofSeconds(60).toNanos()
    }

    def "#causes with #apart s between them are no fight"() {
        expect:
        causes.every {
            pass(apart)
            fights.released()
            isAdmitted() && run(it).isEmpty()
        }

        where:
        causes                         | apart
        [Cause.HOST] * 5               | 31
        [Cause.MANIFEST] * 5           | 1
        [Cause.NEW] * 5                | 1
        [null] * 5                     | 1
        [Cause.HOST, null, Cause.HOST] | 1
    }

    def "it is left alone for longer each time, and no longer than for the longest"() {
        given:
        3.times { run(Cause.HOST) }

        expect:
        [60, 120, 240, 240].every { seconds ->
            assert !isAdmitted()
            pass(seconds - 1)
            assert fights.released().isEmpty()
            pass(1)
            assert fights.released() == [ID] as Set
            run(Cause.HOST).isEmpty()
        }
    }

    def "what was quiet while it was left alone, and as long again, is watched as before"() {
        given:
        3.times { run(Cause.HOST) }

        when:
        pass(60)

        then:
        fights.released().isEmpty()
        isAdmitted()

        when:
        pass(60)
        fights.released()

        then:
        (1..2).every { isAdmitted() && run(Cause.HOST).isEmpty() }
        run(Cause.HOST).size() == 1
    }

    def "what moves after a quiet pause, but soon, goes on with the fight"() {
        given:
        3.times { run(Cause.HOST) }
        pass(60)
        fights.released()
        pass(30)

        when:
        def told = run(Cause.HOST)

        then:
        told.isEmpty()
        !isAdmitted()
        fights.next().asLong == Duration.ofSeconds(120).toNanos()
    }
}
