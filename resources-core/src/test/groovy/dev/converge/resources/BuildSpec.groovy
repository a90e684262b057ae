package dev.converge.resources

import spock.lang.Specification

/** Shows that Spock runs in this module; the first real spec replaces it. */
class BuildSpec extends Specification {
    def "a test of #module runs on Java #minimum or later"() {
        expect:
        Runtime.version().feature() >= minimum

        where:
        module | minimum
        'resources-core' | 17
    }
}
