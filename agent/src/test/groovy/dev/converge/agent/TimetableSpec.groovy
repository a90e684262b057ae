package dev.converge.agent

import java.time.Duration
import spock.lang.Specification

/** By a clock of its own: nothing here waits. */
class TimetableSpec extends Specification {
    static final Duration MINUTE = Duration.ofMinutes(1)

    long now = Long.MAX_VALUE - Duration.ofMinutes(10).toNanos()
    Schedule schedule = new Schedule(Duration.ofMinutes(30), Duration.ofMinutes(10), [])
    Duration delay = schedule.delayOf('web-1')
    Timetable timetable = new Timetable(schedule, 'web-1', { now }, new Random(7))

    private void pass(Duration time) {
        now += time.toNanos()
    }

    def "a run is due at once, and the remote is asked after the host's part of the splay"() {
        expect:
        timetable.isRunDue()
        !timetable.isFetchDue()

        when:
        timetable.ran()
        pass(delay)

        then:
        timetable.isFetchDue()
        !timetable.isRunDue()
    }

    def "the interval counts from the end of a run, also when the clock's number overflows"() {
        when:
        timetable.ran()
        pass(schedule.interval().plus(delay).minusSeconds(1))

        then:
        !timetable.isRunDue()
        timetable.untilRun() == Duration.ofSeconds(1)

        when:
        pass(Duration.ofSeconds(1))

        then:
        timetable.isRunDue()
    }

    def "a remote that has answered is asked again with the next run"() {
        when:
        timetable.ran()
        timetable.reached()

        then:
        timetable.untilNext() == schedule.interval().plus(delay)
    }

    def "one that has not is asked ever later, by chance, and at least once in an interval"() {
        given:
        timetable.ran()
        timetable.reached()

        when:
        def waits = (1..7).collect {
            timetable.unreachable()
            def wait = timetable.untilNext()
            now += wait.toNanos()
            timetable.ran()
            wait
        }

        then:
        waits.eachWithIndex { wait, i ->
            def least = [MINUTE.multipliedBy(1L << i), schedule.interval()].min()
            assert wait >= least
            assert wait <= least.multipliedBy(3).dividedBy(2)
        }
    }

    def "the splay of a host is always the same, and that of many fills it evenly"() {
        expect:
        schedule.delayOf('web-1') == delay

        when:
        def all = (1..1000).collect { schedule.delayOf("host-${it}.example.com").toMillis() }

        then:
        all.max() < schedule.splay().toMillis()
        (0..9).every { tenth -> (60..140).contains(all.count { (it * 10).intdiv(schedule.splay().toMillis()) == tenth }) }
    }
}
