package dev.converge.augeas

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Edge
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** How a manifest writes settings and edits. */
class AugeasManifestSpec extends Specification {
    @TempDir
    Path folder

    def "#text is the setting #name = #value"() {
        given:
        def setting = catalog(text).resources().first().desired()

        expect:
        setting.name().toString() == name
        setting.value().reveal() == value

        where:
        text || name | value
        "setting('/etc/ssh/sshd_config', 'PermitRootLogin', 'no')" || '/etc/ssh/sshd_config:PermitRootLogin' | 'no'
        "setting('/etc/ssh/sshd_config', 'Port') { value '22' }" || '/etc/ssh/sshd_config:Port' | '22'
        "setting('/etc/my.cnf', 'mysqld/port', '3306') { lens 'MySQL' }" || '/etc/my.cnf:mysqld/port' | '3306'
        "setting('/etc/ssh/sshd_config', 'Banner') { ensure 'absent' }" || '/etc/ssh/sshd_config:Banner' | ''
    }

    def "edits are words of their own, in the order written"() {
        given:
        def augeas = catalog('''
            augeas('sshd') {
                incl '/etc/ssh/sshd_config'
                lens 'Sshd'
                set 'PermitRootLogin', 'no'
                rm 'AllowUsers'
                ins 'Banner', 'before', 'Match[1]'
                set 'Banner', '/etc/issue net'
                mv 'A', 'B'
                setm 'Match', 'Settings/X11Forwarding', 'no'
                clear 'C'
                onlyIf 'match AllowUsers size == 0'
            }
        ''').resources().first().desired()

        expect:
        augeas.edits()*.toString() == [
            'set PermitRootLogin no', 'rm AllowUsers', 'ins Banner before Match[1]', "set Banner '/etc/issue net'", 'mv A B',
            'setm Match Settings/X11Forwarding no', 'clear C',
        ]
        augeas.edits() == augeas.edits().collect { AugeasEdit.parse(it.toString()) }
        augeas.onlyIf().get().toString() == 'match AllowUsers size == 0'
    }

    def "a secret in an edit is masked where the edit is shown"() {
        given:
        def edit = catalog("augeas('/etc/my.cnf') { set 'target[1]/password', secret('hunter2') }").resources().first().desired().edits().first()

        expect:
        edit.word(1) == 'hunter2'
        edit.toString() == 'set target[1]/password ********'
    }

    def "the library's package and the file come first"() {
        given:
        def catalog = catalog('''
            setting('/etc/app.conf', 'a', 'b') { lens 'Sysctl' }
            augeas('/etc/other.conf') { lens 'Sysctl'; set 'a', 'b' }
            file('/etc/app.conf') { owner 'root' }
            pkg 'libaugeas0'
        ''')

        expect:
        edges(catalog).containsAll([
            'pkg[libaugeas0] > setting[/etc/app.conf:a]', 'pkg[libaugeas0] > augeas[/etc/other.conf]',
            'file[/etc/app.conf] > setting[/etc/app.conf:a]',
        ])
    }

    def "#text is refused with what to do"() {
        when:
        def compiled = compile(text)

        then:
        compiled.value().empty
        compiled.diagnostics()*.suggestion()*.present == [true]

        where:
        text << [
            "setting('etc/x', 'a', 'b')",
            "augeas('x') { set 'a', 'b' }",
            "augeas('/etc/hosts') { ins 'a', 'beside', 'b' }",
            "augeas('/etc/hosts') { onlyIf 'match a' }",
            "augeas('/etc/hosts') { lens 'hosts' }",
        ]
    }

    def "what edits a file comes after that file, or else after the nearest folder above it: #edit"() {
        when:
        def edges = catalog("$edit\ndirectory('/srv')\ndirectory('/srv/a')\nfile('/srv/a/f')").edges()*.toString()
            .findAll { it.contains("to=${edit.takeWhile { it != '(' }}[") }

        then:
        edges.size() == 1
        edges[0].contains("from=$first,")

        where:
        edit                                                              || first
        "augeas('x') { incl '/srv/a/f'; lens 'Sysctl'; set 'a', '1' }"    || 'file[/srv/a/f]'
        "augeas('x') { incl '/srv/a/b/g'; lens 'Sysctl'; set 'a', '1' }"  || 'directory[/srv/a]'
        "setting('/srv/a/f', 'a', '1') { lens 'Sysctl' }"                 || 'file[/srv/a/f]'
        "setting('/srv/b', 'a', '1') { lens 'Sysctl' }"                   || 'directory[/srv]'
        "hostsEntry('db', '10.0.0.5') { file '/srv/a/hosts' }"            || 'directory[/srv/a]'
        "line('/srv/a/f', 'x')"                                           || 'file[/srv/a/f]'
    }

    private static List<String> edges(catalog) {
        catalog.edges().collect { Edge edge -> "${edge.from()} > ${edge.to()}" as String }
    }

    private catalog(String text) {
        def compiled = compile(text)
        assert compiled.diagnostics().empty
        compiled.value().get()
    }

    private compile(String text) {
        Path site = Files.writeString(folder.resolve('site.groovy'), text)
        new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
                .compile(Site.open(site).value().get(), new Facts(new FixedFacts([:])))
    }
}
