package dev.converge.pkg

import dev.converge.FolderHost
import dev.converge.model.InvalidValueException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

class DpkgDatabaseSpec extends Specification {
    @TempDir
    Path root

    def "finds #name as #architecture #version, #state"() {
        given:
        status('''\
            Package: dpkg
            Essential: yes
            Status: install ok installed
            Architecture: amd64
            Version: 1.21

            Package: libc6
            Status: install ok installed
            Architecture: amd64
            Multi-Arch: same
            Version: 2.36-1
            Description: a line
             Package: not-a-package
             .
             Version: 0

            Package: libc6
            Status: hold ok half-configured
            Architecture: i386
            Version: 2.36-2

            Package: tzdata
            Status: deinstall ok config-files
            Architecture: all
            Version: 2024a
            '''.stripIndent())

        expect:
        def found = DpkgDatabase.of(new FolderHost(root)).find(PkgName.parse(name)).orElse(null)
        found?.architecture() == architecture
        found?.version() == version
        found?.state() == state

        where:
        name            | architecture | version  | state
        'dpkg'          | 'amd64'      | '1.21'   | 'installed'
        'libc6'         | 'amd64'      | '2.36-1' | 'installed'
        'libc6:amd64'   | 'amd64'      | '2.36-1' | 'installed'
        'libc6:i386'    | 'i386'       | '2.36-2' | 'half-configured'
        'libc6:arm64'   | null         | null     | null
        'tzdata'        | 'all'        | '2024a'  | 'config-files'
        'not-a-package' | null         | null     | null
    }

    def "a host without packages has none"() {
        expect:
        DpkgDatabase.of(new FolderHost(root)).entries().empty
    }

    @Requires({ new File('/var/lib/dpkg/status').canRead() })
    def "sees what dpkg-query sees"() {
        given:
        def process = ['dpkg-query', '-W', '-f', '${Package} ${Architecture} ${Version} ${db:Status-Status}\n'].execute()
        def expected = process.inputStream.readLines() as SortedSet

        expect:
        DpkgDatabase.of(new FolderHost(Path.of('/'))).entries()
            .collect { "$it.name $it.architecture $it.version $it.state".toString() } as SortedSet == expected
    }

    def "'#text' is no name of a package"() {
        when:
        PkgName.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', 'nginx=1.0', '-y', 'a b', 'nginx-', 'a:', 'x/stable', 'lib*']
    }

    def "'#text' is no version"() {
        when:
        PkgVersion.parse(text)

        then:
        thrown(InvalidValueException)

        where:
        text << ['', '*', '1 2', '>= 1', '1.0; x', '1*2']
    }

    private void status(String text) {
        Files.createDirectories(root.resolve('var/lib/dpkg'))
        Files.writeString(root.resolve('var/lib/dpkg/status'), text)
    }
}
