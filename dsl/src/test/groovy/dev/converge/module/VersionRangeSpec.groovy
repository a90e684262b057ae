package dev.converge.module

import dev.converge.model.InvalidValueException
import spock.lang.Specification

class VersionRangeSpec extends Specification {
    def "#range takes #yes and not #no"() {
        given:
        def parsed = VersionRange.parse(range)

        expect:
        yes.every { parsed.contains(Version.parse(it)) }
        no.every { !parsed.contains(Version.parse(it)) }

        where:
        range         | yes                                   | no
        '*'           | ['0.0.1', '9.9.9']                    | ['1.0.0-rc.1']
        '^1.2'        | ['1.2.0', '1.2.7', '1.99.0']          | ['1.1.9', '2.0.0', '2.0.0-rc.1', '1.3.0-rc.1']
        '^1.2.3'      | ['1.2.3', '1.3.0']                    | ['1.2.2', '2.0.0']
        '^1'          | ['1.0.0', '1.9.0']                    | ['0.9.0', '2.0.0']
        '^0.3'        | ['0.3.0', '0.3.9']                    | ['0.4.0', '0.2.9', '1.0.0']
        '^0.0.3'      | ['0.0.3']                             | ['0.0.4', '0.0.2']
        '~2.1'        | ['2.1.0', '2.1.99']                   | ['2.2.0', '2.0.9', '2.2.0-a']
        '~2.1.3'      | ['2.1.3', '2.1.9']                    | ['2.1.2', '2.2.0']
        '~2'          | ['2.0.0', '2.9.0']                    | ['3.0.0']
        '1.2'         | ['1.2.0', '1.2.9']                    | ['1.3.0', '1.1.9']
        '1.x'         | ['1.0.0', '1.9.9']                    | ['2.0.0']
        '1.2.3'       | ['1.2.3']                             | ['1.2.4', '1.2.2', '1.2.3-rc.1']
        '=1.2.3'      | ['1.2.3']                             | ['1.2.4']
        '>=0.1'       | ['0.1.0', '7.0.0']                    | ['0.0.9']
        '>1.2'        | ['1.3.0']                             | ['1.2.9', '1.2.0']
        '<=1.2'       | ['1.2.9', '0.1.0']                    | ['1.3.0']
        '>=1.2 <3.0'  | ['1.2.0', '2.9.9']                    | ['1.1.0', '3.0.0', '3.0.0-rc.1']
        '>= 1.2, < 3' | ['1.2.0', '2.9.9']                    | ['1.1.0', '3.0.0']
        '^2.0.0-rc.1' | ['2.0.0-rc.1', '2.0.0-rc.2', '2.1.0'] | ['2.0.0-beta', '2.1.0-rc.1', '3.0.0']
        '2.0.0-rc.1'  | ['2.0.0-rc.1']                        | ['2.0.0-rc.2', '2.0.0']
    }

    def "#text is no range"() {
        when:
        VersionRange.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', 'latest', '^', '1.2.3.4', '>>1', '1.2 || 2.0', '^1.2 foo', 'v1.2', '1..2']
    }

    def "versions are in the order of semver.org"() {
        given:
        def ordered = ['0.9.0', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.0.10', '1.2.0', '1.10.0']

        expect:
        ordered.reverse().collect { Version.parse(it) }.sort()*.toString() == ordered
    }

    def "#text is no version"() {
        when:
        Version.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['1', '1.2', '1.2.x', 'v1.2.3', '1.2.3-', '']
    }

    def "what is built on to a version does not count"() {
        expect:
        Version.parse('1.2.3+build.7') == Version.parse('1.2.3')
    }
}
