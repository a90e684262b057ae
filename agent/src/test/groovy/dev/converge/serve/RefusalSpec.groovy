package dev.converge.serve

import java.time.Duration
import spock.lang.Specification

/** When a version that was refused is tried again. */
class RefusalSpec extends Specification {
    def "after #times tries in vain, the next comes after #seconds seconds"() {
        expect:
        Refusal.pause(times) == Duration.ofSeconds(seconds)

        where:
        times             || seconds
        1                 || 10
        2                 || 20
        6                 || 320
        7                 || 600
        Integer.MAX_VALUE || 600
    }

    def "what the start has told of is tried with the next look, then ever later"() {
        given:
        def told = Refusal.told('one')

        expect:
        told.over
        !told.again().over
        told.again().times() == 1
        told.again().again().times() == 2
        told.again().commit() == 'one'
    }
}
