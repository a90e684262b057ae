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
}
