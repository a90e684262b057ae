package dev.converge.language

import dev.converge.diagnostic.Checked
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Severity
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.model.Catalog
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Paths that several resources write. */
class OverlapsSpec extends Specification {
    private static final String SERVICE = "service ExecStart: '/bin/true'"

    @TempDir
    Path site

    def "#manifest is warned of on #lines"() {
        when:
        def compiled = compile(manifest)

        then:
        compiled.value().present
        compiled.diagnostics().every { it.severity() == Severity.WARNING }
        compiled.diagnostics()*.at()*.get()*.line() == lines

        where:
        manifest                                                                          || lines
        "file('/a') { content 'x' }\nblock('/a', 'b') { content 'y' }\nline('/a', 'x')"   || [2, 3]
        "file('/a') { content 'x' }\nline('/a', 'b') { ensure 'absent' }"                 || [2]
        "hostsEntry('db', '10.0.0.5')\nfile('/etc/hosts') { source '/srv/hosts' }"        || [1]
        "file('/a') { source '/srv/a' }\nline('/a', 'b')"                                 || [2]
        "file('/a') { mode '0600' }\nline('/a', 'b')"                                     || []
        "file('/a') { content 'x'; replace false }\nline('/a', 'b')"                      || []
        "file('/a') { ensure 'absent' }\nline('/b', 'b')"                                 || []
        "file('/a') { mode '0600' }\nlink('/a') { target '/b' }"                          || []
        "directory('/a') { mode '0700' }\nlink('/a') { target '/b' }"                     || []
        "file('/a/f') { content 'x' }\nfile('/b/f') { mode '0600' }\nlink('/b') { target '/a' }"   || []
        "file('/a/f') { content 'x' }\nfile('/b/f') { content 'y' }\nlink('/b') { target '/c' }"   || []
        "file('/a/f') { content 'x' }\nfile('/b/f') { content 'y' }\nlink('/b') { ensure 'absent' }" || []
        "link('/a') { target '/b' }\nlink('/b') { target '/a' }\nfile('/a/f') { content 'x' }"     || []
        "directory('/a') { mode '0700' }\nmount('/a') { device '/dev/x'; fsType 'ext4' }" || []
        "file('/a') { ensure 'absent' }\nlink('/a') { ensure 'absent' }"                  || []
        "file('/etc/systemd/system/a.service') { mode '0600' }\nunit('a.service') { $SERVICE }" || []
        "timer('a') { onCalendar 'daily'; runs 'a.service' }\nunit('a.service') { $SERVICE }"   || []
        "sysctl('a.b', '1') { persist false }\nfile('/etc/sysctl.d/99-converge-a.b.conf') { content 'x' }" || [1]
    }

    def "#manifest is refused: both places are named"() {
        when:
        def compiled = compile(manifest)

        then:
        def error = compiled.diagnostics().find { it.isError() }
        error.code() == Code.CONFLICTING_ATTRIBUTES
        error.at().get().line() == 2
        error.related()*.at()*.get()*.line() == [1]
        compiled.diagnostics().size() == 1

        where:
        manifest << [
            "file('/a') { content 'x' }\nline('/a', 'b')",
            "file('/a') { }\ndirectory('/a')",
            "file('/a') { links 'replace' }\nlink('/a') { target '/b' }",
            "link('/a') { target '/b' }\nfile('/a') { ensure 'absent' }",
            "directory('/a')\nline('/a', 'b')",
            "file('/a/f') { content 'x' }\nfile('/b/f') { content 'y' }\nlink('/b') { target '/a' }",
            "file('/s/a/f') { content 'x' }\nfile('/s/c/f') { content 'y' }\nlink('/s/b') { target 'a' }\nlink('/s/c') { target '/s/b' }",
            "file('/a') { content 'x' }\nfile('/b') { content 'y' }\nlink('/b') { target '/a' }",
            "file('/a/f') { content 'x' }\nline('/b/f', 'y')\nlink('/b') { target '/a' }",
            "file('/etc/systemd/system/a.service') { content 'x' }\nunit('a.service') { $SERVICE }",
            "file('/etc/systemd/system/a.service') { ensure 'absent' }\nunit('a.service') { $SERVICE }",
            "link('/etc/systemd/system/a.service') { target '/b' }\nunit('a.service') { $SERVICE }",
            "timer('a') { onCalendar 'daily'; command '/bin/true' }\nunit('a.service') { $SERVICE }",
            "file('/etc/cron.d/converge-a') { content 'x' }\ncron('a') { schedule '@daily'; command 'true' }",
            "file('/etc/sysctl.d/99-converge-a.b.conf') { content 'x' }\nsysctl 'a.b', '1'",
            "link('/etc/localtime') { target '/b' }\ntimezone 'Etc/UTC'",
            "file('/srv/a') { }\ngitCheckout('/srv/a') { repository 'https://example.com/a.git' }"
        ]
    }

    private Checked<Catalog> compile(String manifest) {
        Files.writeString(site.resolve('site.groovy'), manifest)
        return new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
            .compile(Site.open(site.resolve('site.groovy')).value().get(), new Facts(new FixedFacts([:])))
    }
}
