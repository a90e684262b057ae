package dev.converge.report

import java.time.Instant
import spock.lang.Specification

class RunSpec extends Specification {

    def "a run that begins at #started is #id"() {
        expect:
        Run.begin('h', Instant.parse(started), 4711).id() == id

        where:
        started                    || id
        '2026-01-31T23:59:59.042Z' || '20260131T235959.042Z-4711'
        '2026-11-02T03:04:05Z'     || '20261102T030405.000Z-4711'
    }
}
