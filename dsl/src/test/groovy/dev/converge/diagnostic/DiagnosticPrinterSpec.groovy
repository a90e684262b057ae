package dev.converge.diagnostic

import spock.lang.Specification

class DiagnosticPrinterSpec extends Specification {
    private static String printed(Diagnostic diagnostic, String line = '') {
        new DiagnosticPrinter({ file -> Optional.of([line]) }, false).print([diagnostic])
    }

    def "what comes from a host or a manifest does not steer the terminal: #shown"() {
        given:
        def diagnostic = Diagnostic.error(Code.RESOURCE_FAILED, 'Failed', "exec[$text] failed").suggest("Look at $text.")
            .at(SourceRange.point("${text}.groovy", 1, 1))
            .related(Related.at(text, SourceRange.point("${text}.groovy", 1, 1)))

        when:
        def told = printed(diagnostic, "exec '$text'")

        then:
        !told.contains(text)
        told.count(shown) == 7

        where:
        text             || shown
        'a\u001b[31mb'   || 'a^[[31mb'
        'a\u009b31mb'    || 'a^?31mb'
        'a\u202ebc'      || 'a^?bc'
        'a\rb'           || 'a^Mb'
    }

    def "a secret in the line that is shown is masked whole: #line"() {
        when:
        def told = printed(Diagnostic.error(Code.USAGE, 'Wrong', '').at(SourceRange.point('site.groovy', 1, 1)), line)

        then:
        !told.contains('hunter')
        !told.contains('tail')
        told.contains('; x')

        where:
        line << [
            "def a = secret('hunter2'); x",
            'def a = secret("hunter\\"tail"); x',
            "def a = secret('hunter\\'tail'); x",
            "password 'hunter\\\\'; x",
        ]
    }

    def "of #line nothing but the literal is hidden"() {
        when:
        def told = printed(Diagnostic.error(Code.USAGE, 'Wrong', '').at(SourceRange.point('site.groovy', 1, 1)), line)

        then:
        told.readLines()[2].drop('   1 | '.length()) == shown

        where:
        line                                                   | shown
        "file('/etc/password') { mode '0644' }"                | "file('/etc/password') { mode '0644' }"
        "notice('Your password: '); file('/x')"                | "notice('Your password: '); file('/x')"
        "password lookup('db.password', String); mode '1'"     | "password lookup('db.password', String); mode '1'"
        "// the password's default, which isn't 'x'"           | "// the password's default, which isn't 'x'"
        'password(other) // 12'                                | 'password(other) // 12'
        "password = 'x' + y"                                   | 'password = *** + y'
        "password 1234, mode: '1'"                             | "password ****, mode: '1'"
        "user(password: 'x', name: 'y')"                       | "user(password: ***, name: 'y')"
        "['db.password': 'x', name: 'y']"                      | "['db.password': ***, name: 'y']"
        '{ "password": "x", "name": "y" }'                     | '{ "password": ***, "name": "y" }'
        "setting('/f', 'password', 'x')"                       | "setting('/f', 'password', ***)"
        'clientSecret "x"'                                     | 'clientSecret ***'
        'content "a${secret(\'x\')}b"'                         | 'content "a${secret(***)}b"'
        'content "a${secret("x")}b"'                           | 'content "a${secret(***)}b"'
        "match(/'/); password 'x'"                             | "match(/'/); password ***"
        "// don't: password 'x'"                               | "// don't: password ***"
        "password \"\"\"x\"\"\", 'y'"                          | "password *******, 'y'"
        "password '''x"                                        | 'password ****'
    }
}
