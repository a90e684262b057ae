package dev.converge.language

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/**
 * What people see when a manifest is wrong. Each case is a site in src/test/resources/language and the expected.txt
 * beside it; {@code -Dconverge.updateGolden=true} writes those files anew, to be read before they are committed.
 */
class DiagnosticsGoldenSpec extends Specification {
    static final Path CASES = Path.of('src/test/resources/language')

    def "#name is told with place, source line and advice"() {
        given:
        def site = new SiteFolder(CASES.resolve(name))
        def expected = CASES.resolve(name).resolve('expected.txt')

        when:
        def compiled = site.compile()
        def printed = site.print(compiled.diagnostics())
        if (Boolean.getBoolean('converge.updateGolden')) {
            Files.writeString(expected, printed)
        }

        then:
        compiled.value().empty
        printed == Files.readString(expected)

        and: 'without a word that only Groovy knows'
        !printed.contains('manifest_')
        !printed.contains('Static type checking')
        !printed.contains('java.lang')
        !(printed =~ /\w+#\w+/)

        and: 'in the order of the places, no two the same'
        def places = compiled.diagnostics().collect { it.at().orElse(null) }
        places == places.toSorted()
        compiled.diagnostics().toSet().size() == compiled.diagnostics().size()

        where:
        name << CASES.toFile().list().toSorted()
    }
}
