package dev.converge.pkg

import spock.lang.Requires
import spock.lang.Specification

class RpmVersionSpec extends Specification {
    static final List<String> VERSIONS = [
        '0', '1', '1.0', '1.00', '1.0.', '1..0', '1.0.1', '1.10', '1.9', '1.0a', '1.0.a', '1.0b', 'a', 'b', 'a1', '1a', '1.0~rc1', '1.0~rc2', '1.0~', '1.0~~',
        '1.0^', '1.0^git1', '1.0^git1~pre', '1.0~rc1^git1', '1.0^git1.1', '1.0^^', '1.0~^', '1.0^~', '20240131235959123456789', '20240131235959123456790', '007',
        '7', '2.0_1', '2.0+1', '2_0', '2.0', '10xyz', 'xyz10', 'xyz.4', '8', 'xyz', '5.5p1', '5.5p10', '6.0.rc1', '1.0~rc1.1', '^', '~', '1^', '1~', '^1', '~1',
    ]

    @Requires({ new File('/usr/bin/rpm').canExecute() })
    def "orders every two version parts as rpm does"() {
        given:
        def pairs = [VERSIONS, VERSIONS].combinations()
        def answers = pairs.collate(200).collectMany { some ->
            def list = some.collect { a, b -> "{'$a','$b'}" }.join(',')
            def lua = "%{lua:local o={} for i,p in ipairs({$list}) do o[#o+1]=rpm.vercmp(p[1],p[2]) end print(table.concat(o,' '))}"
            ['rpm', '--eval', lua as String].execute().text.trim().split(' ')*.toInteger() as List
        }

        expect:
        answers.size() == pairs.size()
        [pairs, answers].transpose().findAll { pair, answer -> RpmVersion.compareParts(pair[0], pair[1]) != answer } == []
    }

    def "#first is #answer #second"() {
        expect:
        Integer.signum(VersionOrder.RPM.compare(first, second)) == [older: -1, 'the same as': 0, newer: 1][answer]

        where:
        first       | second      || answer
        '1.0-1'     | '1.0-2'     || 'older'
        '2.0-1'     | '1:1.0-1'   || 'older'
        '0:1.0-1'   | '1.0-1'     || 'the same as'
        '1.0-1.el9' | '1.0-1'     || 'newer'
        '1.0~rc1-5' | '1.0-1'     || 'older'
        '1.0^git-1' | '1.0-1'     || 'newer'
    }

    def "a manifest's #wanted #means #version"() {
        expect:
        VersionOrder.RPM.isMeant(wanted, version) == (means == 'means')

        where:
        wanted      | version         || means
        '1.0'       | '1.0-3.el9'     || 'means'
        '1.0-3.el9' | '1.0-3.el9'     || 'means'
        '1.0-3.el9' | '1:1.0-3.el9'   || 'means'
        '1:1.0'     | '1:1.0-3.el9'   || 'means'
        '1:1.0'     | '1.0-3.el9'     || 'does not mean'
        '0:1.0'     | '1.0-3.el9'     || 'means'
        '1.0-3'     | '1.0-3.el9'     || 'does not mean'
        '1.0'       | '1.0.1-1'       || 'does not mean'
    }

    def "a version that begins with #beginning: #version"() {
        expect:
        PkgVersion.parse(beginning).satisfiedBy(PkgVersion.exact(version, VersionOrder.RPM)) == satisfied

        where:
        beginning | version      || satisfied
        '1.24.*'  | '1.24.0-1'   || true
        '1.24.*'  | '2:1.24.0-1' || true
        '1.24.*'  | '1.25.0-1'   || false
        '2:1.*'   | '2:1.24.0-1' || true
        '2:1.*'   | '1.24.0-1'   || false
    }
}
