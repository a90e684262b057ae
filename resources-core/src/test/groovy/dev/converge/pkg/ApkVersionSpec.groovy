package dev.converge.pkg

import spock.lang.Specification

/** The expectations follow apk-package(5); there is no apk here to ask. */
class ApkVersionSpec extends Specification {
    def "orders versions: #first is older than #second"() {
        expect:
        ApkVersion.compare(first, second) < 0
        ApkVersion.compare(second, first) > 0
        ApkVersion.compare(first, first) == 0

        where:
        first                       | second
        '1.0'                       | '1.1'
        '1.9'                       | '1.10'
        '1'                         | '1.0'
        '1.2'                       | '1.2.1'
        '1.02'                      | '1.1'
        '1.02'                      | '1.03'
        '1.0'                       | '1.0a'
        '1.0a'                      | '1.0b'
        '1.0b'                      | '1.0.1'
        '1.0_alpha'                 | '1.0_beta'
        '1.0_beta'                  | '1.0_pre'
        '1.0_pre1'                  | '1.0_pre2'
        '1.0_pre9'                  | '1.0_pre10'
        '1.0_rc1'                   | '1.0'
        '1.0'                       | '1.0_git20240101'
        '1.0_git20240101'           | '1.0_p1'
        '1.0_p9-r0'                 | '1.0_p10-r0'
        '1.0_alpha_pre2'            | '1.0_alpha'
        '1.0-r0'                    | '1.0-r1'
        '1.0-r9'                    | '1.0-r10'
        '1.0-r3'                    | '1.0.1-r0'
        '1.0_rc1-r3'                | '1.0-r0'
        '1.0'                       | '1.0-r1'
        '3.0.3-r9'                  | '006'
        '1.0_pre20191002222144-r0'  | '1.0_pre20210530193627-r0'
        '2.5.1-r8'                  | '2.5.1a-r1'
    }

    def "a manifest's #wanted #means #version"() {
        expect:
        VersionOrder.ALPINE.isMeant(wanted, version) == (means == 'means')

        where:
        wanted      | version     || means
        '1.24.0'    | '1.24.0-r7' || 'means'
        '1.24.0-r7' | '1.24.0-r7' || 'means'
        '1.24.0-r6' | '1.24.0-r7' || 'does not mean'
        '1.24'      | '1.24.0-r7' || 'does not mean'
        '1.24.0'    | '1.24.0a'   || 'does not mean'
    }
}
