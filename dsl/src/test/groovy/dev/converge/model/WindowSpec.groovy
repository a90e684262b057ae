package dev.converge.model

import java.time.Instant
import java.time.ZoneId
import spock.lang.Specification

class WindowSpec extends Specification {
    static final ZoneId BERLIN = ZoneId.of('Europe/Berlin')

    def "at #now in Berlin, '#windows' #says"() {
        given:
        def parsed = windows.split(/;/).collect { Window.parse(it) }

        when:
        def opens = Window.opening(parsed, java.time.LocalDateTime.parse(now).atZone(BERLIN).toInstant(), BERLIN)

        then:
        opens.map { it.toOffsetDateTime().toString() }.orElse('is open') == says

        where: '2026-01-31 is a Saturday, 2026-03-29 and 2026-10-25 change the clocks'
        now                | windows                                    || says
        '2026-01-31T02:00' | 'Sat,Sun 02:00-04:00'                      || 'is open'
        '2026-01-31T03:59' | 'Sat,Sun 02:00-04:00'                      || 'is open'
        '2026-01-31T04:00' | 'Sat,Sun 02:00-04:00'                      || '2026-02-01T02:00+01:00'
        '2026-02-01T04:00' | 'Sat,Sun 02:00-04:00'                      || '2026-02-07T02:00+01:00'
        '2026-01-31T04:00' | 'Sat 02:00-04:00'                          || '2026-02-07T02:00+01:00'
        '2026-01-31T01:00' | 'Sat 02:00-04:00'                          || '2026-01-31T02:00+01:00'
        '2026-01-28T12:00' | 'Mon-Wed 22:00-23:00'                      || '2026-01-28T22:00+01:00'
        '2026-01-29T12:00' | 'Mon-Wed 22:00-23:00'                      || '2026-02-02T22:00+01:00'
        '2026-01-31T12:00' | 'Fri-Mon 11:00-13:00'                      || 'is open'
        // Over midnight, the day is the one on which it opens.
        '2026-01-31T03:00' | 'Fri 22:00-04:00'                          || 'is open'
        '2026-01-31T23:00' | 'Fri 22:00-04:00'                          || '2026-02-06T22:00+01:00'
        '2026-01-30T23:00' | '22:00-04:00'                              || 'is open'
        '2026-01-30T23:59' | '22:00-24:00'                              || 'is open'
        '2026-01-31T00:00' | '22:00-24:00'                              || '2026-01-31T22:00+01:00'
        '2026-01-31T12:00' | '00:00-24:00'                              || 'is open'
        // The first of several counts.
        '2026-01-31T12:00' | 'Wed 01:00-02:00;Mon 05:00-06:00'          || '2026-02-02T05:00+01:00'
        '2026-01-31T12:00' | 'Wed 01:00-02:00;Sat 11:00-13:00'          || 'is open'
        // Another zone's clock and day.
        '2026-01-31T00:30' | 'Fri 23:00-23:59 UTC'                      || 'is open'
        '2026-01-31T12:00' | 'Sat 12:00-13:00 America/New_York'         || '2026-01-31T12:00-05:00'
        // Half past two does not exist on one day, and comes twice on another.
        '2026-03-29T01:00' | '02:30-03:30'                              || '2026-03-29T03:30+02:00'
        '2026-10-25T04:00' | 'Sun 02:00-03:00'                          || '2026-11-01T02:00+01:00'
    }

    def "the hour that comes twice is open twice"() {
        expect:
        ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].every {
            Window.opening([Window.parse('02:15-02:45')], Instant.parse(it), BERLIN).empty
        }
    }

    def "'#text' is told as '#shown'"() {
        expect:
        Window.parse(text).toString() == shown
        Window.parse(shown) == Window.parse(text)

        where:
        text                            || shown
        'sat, sunday 2:00 - 04:00'      || 'Sat,Sun 02:00-04:00'
        ' Mon-Wed,Fri 22:00-24:00 UTC ' || 'Mon,Tue,Wed,Fri 22:00-24:00 UTC'
        'Mon-Sun 22:00-05:00'           || '22:00-05:00'
        '22:00-00:00 Europe/Berlin'     || '22:00-24:00 Europe/Berlin'
    }

    def "'#text' is no window: #why"() {
        when:
        Window.parse(text)

        then:
        def refused = thrown(InvalidValueException)
        refused.message.contains(why)
        refused.advice().present

        where:
        text                          || why
        ''                            || 'is not a time of the week'
        'Sat'                         || 'is not a time of the week'
        'Sat 02:00'                   || 'is not a time of the week'
        '2-4'                         || 'is not a time of the week'
        'Sat 02:00-04:00 Mars/Phobos' || 'There is no time zone "Mars/Phobos"'
        'Sa 02:00-04:00'              || '"Sa" is not a day of the week'
        'Sat,,Sun 02:00-04:00'        || '"" is not a day of the week'
        'Mon-Wed-Fri 02:00-04:00'     || 'more than one range'
        '02:00-02:00'                 || 'closes when it opens'
        '24:00-04:00'                 || 'closes when it opens'
        '02:60-04:00'                 || 'There is no 02:60'
        '02:00-24:01'                 || 'There is no 24:01'
    }
}
