package dev.converge.model

import java.time.Duration
import spock.lang.Specification

/** Durations as manifests write them. */
class DurationsSpec extends Specification {
    def "#text is #seconds seconds, and is written so again"() {
        expect:
        Durations.parse(text) == Duration.ofSeconds(seconds)
        Durations.format(Durations.parse(text)) == text

        where:
        text     || seconds
        '0s'     || 0
        '30s'    || 30
        '1h 30m' || 5400
        '36500d' || 36500L * 86400
    }

    def "#text is no duration: #why"() {
        when:
        Durations.parse(text)

        then:
        def refused = thrown(InvalidValueException)
        refused.message.contains(why)
        refused.advice().present

        where:
        text              || why
        ''                || 'is not a duration'
        '5'               || 'is not a duration'
        '5s x'            || 'is not a duration'
        '36501d'          || 'longer than a hundred years'
        '999999999d'      || 'longer than a hundred years'
        '36500d 1ms'      || 'longer than a hundred years'
    }
}
