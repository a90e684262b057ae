package dev.converge.language

import dev.converge.diagnostic.Severity
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Files that are declared as a whole and in parts. */
class OverlapsSpec extends Specification {
    @TempDir
    Path site

    def "#manifest is warned of on #lines"() {
        given:
        Files.writeString(site.resolve('site.groovy'), manifest)

        when:
        def compiled = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
            .compile(Site.open(site.resolve('site.groovy')).value().get(), new Facts(new FixedFacts([:])))

        then:
        compiled.value().present
        compiled.diagnostics().every { it.severity() == Severity.WARNING }
        compiled.diagnostics()*.at()*.get()*.line() == lines

        where:
        manifest                                                                         || lines
        "file('/a') { content 'x' }\nline('/a', 'b')\nline('/a', 'c')"                   || [2, 3]
        "hostsEntry('db', '10.0.0.5')\nfile('/etc/hosts') { source '/srv/hosts' }"       || [1]
        "file('/a') { mode '0600' }\nline('/a', 'b')"                                    || []
        "file('/a') { content 'x'; replace false }\nline('/a', 'b')"                     || []
        "file('/a') { ensure 'absent' }\nline('/b', 'b')"                                || []
    }
}
