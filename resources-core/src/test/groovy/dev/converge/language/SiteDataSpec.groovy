package dev.converge.language

import dev.converge.data.ParsedDocuments
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.vault.KeyFile
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class SiteDataSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
        site.manifest('')
    }

    private lookup(String key) {
        open().lookup(key)
    }

    private open() {
        def opened = SiteData.open(Site.open(folder).value().get(), new Facts(new FixedFacts(SiteFolder.FACTS)), new SiteInputs(), new ParsedDocuments())
        assert opened.ok: opened.diagnostics()
        opened.value().get()
    }

    private plain(String key) {
        lookup(key).value().map { it.plain() }.orElse(null)
    }

    private hierarchy(String merge = '') {
        site.write('data/hierarchy.yaml', """\
version: 1
levels:
  - { name: host, path: 'hosts/\${fqdn}.yaml' }
  - { name: rack, path: 'racks/\${rack}.yaml' }
  - { name: os, paths: ['os/\${os.name}-\${os.release}.yaml', 'os/\${os.family}.json'] }
  - { name: parts, glob: 'parts/*.yaml' }
  - { name: common, path: common.yaml }
$merge
""")
    }

    def "the first level that has a key gives its value, and the steps say why"() {
        given:
        hierarchy()
        site.write('data/hosts/web1.example.com.yaml', 'only.host: 1')
        site.write('data/os/debian.json', '{\n\t"a": "json",\n\t"smile": "\\ud83d\\ude00"\n}')
        site.write('data/parts/b.yaml', 'part: b')
        site.write('data/parts/a.yaml', 'part: a')
        site.write('data/common.yaml', 'a: common')

        expect:
        plain('a') == 'json'
        plain('smile') == '😀'
        plain('part') == 'a'
        lookup('a').steps().collect { [it.level(), it.where(), it.found().map { v -> v.plain() }.orElse(''), it.why()] } == [
            ['host', 'data/hosts/web1.example.com.yaml', '', 'has no a'],
            ['rack', 'data/racks/${rack}.yaml', '', 'this host has no fact rack'],
            ['os', 'data/os/debian-12.yaml', '', 'there is no such file'],
            ['os', 'data/os/debian.json', 'json', ''],
            ['parts', '', '', 'not asked'],
            ['common', '', '', 'not asked'],
        ]
    }

    def "values of several levels merged by #rule are #merged"() {
        given:
        hierarchy("merge: { 'v': $rule }")
        site.write('data/hosts/web1.example.com.yaml', "v: $high")
        site.write('data/common.yaml', "v: $low")

        expect:
        plain('v') == merged

        where:
        rule                                 | high                          | low                                | merged
        'first'                              | '[a]'                         | '[b]'                              | ['a']
        'unique'                             | '[a, b]'                      | '[b, c]'                           | ['a', 'b', 'c']
        'unique'                             | 'a'                           | '[a, c]'                           | ['a', 'c']
        "{ strategy: unique, knockout: '--' }" | '[a, --b]'                  | '[b, c]'                           | ['a', 'c']
        'hash'                               | '{ a: { x: 1 } }'             | '{ a: { y: 2 }, b: 3 }'            | [a: [x: 1], b: 3]
        'deep'                               | '{ a: { x: 1 }, l: [1] }'     | '{ a: { x: 0, y: 2 }, l: [2, 1] }' | [a: [x: 1, y: 2], l: [1, 2]]
        'deep'                               | '{ a: 1 }'                    | '{ a: { y: 2 }, b: 3 }'            | [a: 1, b: 3]
        "{ strategy: deep, knockout: '--' }" | '{ --a: , l: [--x, y] }'      | '{ a: 1, b: 2, l: [x, z] }'        | [l: ['y', 'z'], b: 2]
        "{ strategy: deep, knockout: '--' }" | "{ a: '--', l: ['--', y] }"   | '{ a: 1, b: 2, l: [x, z] }'        | [l: ['y'], b: 2]
        "{ strategy: deep, knockout: '--' }" | "{ n: { --a: '' } }"          | '{ n: { a: 1, b: 2 } }'            | [n: [b: 2]]
        'deep'                               | '{ a: { y: 2 } }'             | '{ a: false, b: 3 }'               | [a: [y: 2], b: 3]
        "{ strategy: deep, knockout: '--' }" | "{ a: ['--', y] }"            | '{ a: { x: 1 } }'                  | [a: ['y']]
        "{ strategy: deep, knockout: '--' }" | "'--'"                        | '{ a: 1 }'                         | null
        "{ strategy: hash, knockout: '--' }" | "'--'"                        | '{ a: 1 }'                         | null
        "{ strategy: hash, knockout: '--' }" | "{ a: '--', b: { x: 1 } }"    | '{ a: 1, b: 2, c: 3 }'             | [b: [x: 1], c: 3]
        "{ strategy: unique, knockout: '--' }" | "'--'"                      | '[a]'                              | []
    }

    def "by #rule, #low below #high is refused at the lower value's line"() {
        given:
        hierarchy("merge: { 'v': $rule }")
        site.write('data/hosts/web1.example.com.yaml', "v: $high")
        site.write('data/common.yaml', "v: $low")
        site.manifest("def x = lookup('v', Object)")

        expect:
        site.problems() == ["data $place"]

        where:
        rule     | high             | low                  | place
        'deep'   | '[a]'            | '{ b: 1 }'           | 'data/common.yaml:1:4'
        'deep'   | '{ a: [1] }'     | '{ a: { y: 2 } }'    | 'data/common.yaml:1:9'
        'deep'   | '{ a: { y: 2 } }'| '{ a: [1] }'         | 'data/common.yaml:1:9'
        'hash'   | '{ a: 1 }'       | '[a]'                | 'data/common.yaml:1:4'
        'hash'   | '{ a: 1 }'       | 'a'                  | 'data/common.yaml:1:4'
        'unique' | '[a]'            | '{ a: 1 }'           | 'data/common.yaml:1:4'
        'unique' | 'a'              | '{ a: 1 }'           | 'data/common.yaml:1:4'
    }

    def "elements that differ in nothing but a secret are different ones"() {
        given:
        def file = folder.resolve('data.key')
        def key = new KeyFile(file).create().value().get()
        hierarchy("keyFile: $file\nmerge: { tokens: unique }")
        site.write('data/hosts/web1.example.com.yaml', "tokens: [{ of: a, is: '${key.encrypt('one')}' }]")
        site.write('data/common.yaml', "tokens: [{ of: a, is: '${key.encrypt('two')}' }, { of: a, is: '${key.encrypt('one')}' }]")

        expect:
        plain('tokens').size() == 2
    }

    def "a rule about #pattern #does for #key"() {
        given:
        hierarchy("merge: { '$pattern': deep }")
        site.write('data/hosts/web1.example.com.yaml', 'users: { alice: { shell: /bin/sh } }')
        site.write('data/common.yaml', 'users: { alice: { uid: 1, shell: /bin/bash } }')

        expect:
        plain(key) == value

        where:
        pattern  | does             | key              | value
        'users'  | 'holds'          | 'users'          | [alice: [shell: '/bin/sh', uid: 1]]
        'users'  | 'holds'          | 'users.alice'    | [shell: '/bin/sh', uid: 1]
        'user*'  | 'holds'          | 'users'          | [alice: [shell: '/bin/sh', uid: 1]]
        'other'  | 'does not count' | 'users'          | [alice: [shell: '/bin/sh']]
        'users'  | 'holds'          | 'users.alice.uid'| 1
    }

    def "#text is refused at #place"() {
        given:
        site.write('data/common.yaml', text)
        site.manifest("def x = lookup('a', Object)")

        expect:
        site.problems() == [place]

        where:
        text                             | place
        'a: [1'                          | 'data data/common.yaml:1:4'
        'a:\n  b: [1,\n    2\nc: 1'      | 'data data/common.yaml:2:6'
        'a: { b: 1\n\n'                  | 'data data/common.yaml:1:4'
        'a: ['                           | 'data data/common.yaml:1:4'
        'b: [1]\na: { b: [2], c: '       | 'data data/common.yaml:2:4'
        'b: 1\na: "never closed\nc: 1\n'| 'data data/common.yaml:2:4'
        'a: 1\na: 2'                     | 'data data/common.yaml:2:1'
        'a.b: 1\na: { b: 2 }'            | 'data data/common.yaml:2:6'
        'a: 1\na.b: 2'                   | 'data data/common.yaml:2:1'
        '- a'                            | 'data data/common.yaml:1:1'
        'a: !!binary aGk='               | 'data data/common.yaml:1:4'
        'a: .inf'                        | 'data data/common.yaml:1:4'
        'a: &x [*x]'                     | 'data data/common.yaml:1:4'
        'a: 5e12345678901'               | 'data data/common.yaml:1:4'
        'a: 1e999999999'                 | 'data data/common.yaml:1:4'
        'a: ' + '7' * 5000               | 'data data/common.yaml:1:4'
        'a: !!int abc'                   | 'data data/common.yaml:1:4'
        'b: [&b0 [], ' + (1..40).collect { "&b$it [[[[*b${it - 1}]]]]" }.join(', ') + ']' | 'data data/common.yaml:1:19'
        'a: ' + '[' * 100_000            | 'data data/common.yaml:1:103'
        '? [a]\n: b'                     | 'data data/common.yaml:1:1'
        '\tb: 1'                         | 'data data/common.yaml:1:1'
        'b: 1'                           | 'unknown-key site.groovy:1:9'
        ''                               | 'unknown-key site.groovy:1:9'
    }

    def "of #text it is told: #advice"() {
        given:
        site.write('data/common.yaml', text)
        site.manifest("def x = lookup('a', Object)")

        expect:
        def told = site.diagnostics()[0]
        told.suggestion().get().contains(advice)
        !told.detail().contains('<')

        where:
        text                            | advice
        'a: [1'                         | 'Close it with ]'
        'a: { b: 1'                     | 'Close it with }'
        'a: "x'                         | 'Close it with "'
        "a: 'x"                         | "Close it with '"
        'a:\n\tb: 1'                    | 'Put spaces in the place of the tab'
        'a: b: c'                       | 'in quotes'
        'a: @b'                         | 'in quotes'
        'a: %b'                         | 'in quotes'
        'a: 1\n  b: 2'                  | 'as far to the right'
        'a:\n   b: 1\n  c: 2'          | 'as far to the right'
    }

    def "a hierarchy with the path #path is warned of: #advice"() {
        given:
        site.write('data/hierarchy.yaml', "version: 1\nlevels:\n  - { name: a, path: '$path' }")

        expect:
        site.diagnostics().collect { "${it.severity()} ${it.at().get()} ${it.suggestion().get()}".toString() } == (advice ? ["WARNING data/hierarchy.yaml:3:22 $advice".toString()] : [])

        where:
        path                       | advice
        'hosts/%{fqdn}.yaml'       | 'Write ${fqdn}.'
        'os/%{facts.os.family}'    | 'Write ${os.family}.'
        'os/%{::role}'             | 'Write ${role}.'
        'hosts/${hostnme}.yaml'    | 'Did you mean "hostname"?'
        'os/${os.famly}.yaml'      | 'Did you mean "os.family"?'
        'os/${facts.os.famly}'     | 'Did you mean "os.family"?'
        'os/${networking.ip}'      | ''
        'racks/${rack}.yaml'       | ''
        'racks/${roles}/${fqdn}'   | ''
    }

    def "a hierarchy with #text is refused at #places"() {
        given:
        site.write('data/hierarchy.yaml', text)

        expect:
        site.problems() == places

        where:
        text                                                                     | places
        'version: 2\nlevels: []'                                                 | ['data data/hierarchy.yaml:1:10']
        'levels: []'                                                             | ['data data/hierarchy.yaml:1:1']
        'version: 1'                                                             | ['data data/hierarchy.yaml:1:1']
        'version: 1\nlevels: [{ name: a }]'                                      | ['data data/hierarchy.yaml:2:10']
        'version: 1\nlevels: [{ name: a, path: a, glob: b }]'                    | ['data data/hierarchy.yaml:2:10']
        'version: 1\nlevels: [{ name: a, path: a, pat: b }]'                     | ['data data/hierarchy.yaml:2:30']
        'version: 1\nlevels: [{ path: a }]'                                      | ['data data/hierarchy.yaml:2:10']
        'version: 1\nlevels: [a]'                                                | ['data data/hierarchy.yaml:2:10']
        'version: 1\nlevels: []\nmerge: { a: depp }'                             | ['data data/hierarchy.yaml:3:13']
        'version: 1\nlevels: []\nmerge: { a: { strategy: deep, knock: a } }'     | ['data data/hierarchy.yaml:3:31']
        'version: 1\nlevels: [{ name: a, glob: "a[/*" }]'                        | ['data data/hierarchy.yaml:2:27']
        'version: 1\nlevels: [{ name: a, path: "a\\0" }]'                        | ['data data/hierarchy.yaml:2:27']
        'version: 1\nlevles: []'                                                 | ['data data/hierarchy.yaml:1:1', 'data data/hierarchy.yaml:2:1']
    }

    def "a file that two paths of a level lead to is read once"() {
        given:
        site.write('data/hierarchy.yaml', "version: 1\nlevels: [{ name: os, paths: ['os/\${os.name}.yaml', 'os/\${os.family}.yaml'] }]")

        expect:
        lookup('a').steps()*.where() == ['data/os/debian.yaml']
    }

    def "a fact never leads out of the data folder"() {
        given:
        site.write('data/hierarchy.yaml', "version: 1\nlevels: [{ name: a, path: '../../\${role}.yaml' }]")
        folder.parent.resolve('shop.yaml').toFile().text = 'a: 1'

        expect:
        lookup('a').steps()*.why() == ['it leads out of data']

        cleanup:
        folder.parent.resolve('shop.yaml').toFile().delete()
    }

    def "the fact #rack stands for itself in a path and in a glob"() {
        given:
        site.write('data/hierarchy.yaml', "version: 1\nlevels: [{ name: a, path: 'r/\${rack}/a.yaml' }, { name: b, glob: 'r/\${rack}/*.yaml' }]")
        site.write('data/r/one/b.yaml', 'a: other')
        def opened = SiteData.open(Site.open(folder).value().get(), new Facts(new FixedFacts(SiteFolder.FACTS + [rack: rack])), new SiteInputs(), new ParsedDocuments())

        expect:
        opened.value().get().lookup('a').value().empty

        where:
        rack << ['*', '[o]ne', 'a[1', '{one', '{one,two}', '\\', 'a\0b']
    }

    def "a key that is nowhere is told with the places asked, and with what is near"() {
        given:
        hierarchy()
        site.write('data/common.yaml', 'ntp: { servers: [a] }')
        site.manifest("def x = lookup('ntp.server', List, String)")

        expect:
        def told = site.diagnostics()[0]
        told.detail().contains('data/common.yaml')
        told.suggestion().get().contains('ntp.servers')
    }

    def "a wrong type is told at the value with the manifest's place beside it"() {
        given:
        site.write('data/common.yaml', 'a: 1')
        site.manifest("def x = lookup('a', String)")

        expect:
        def told = site.diagnostics()[0]
        told.at().get().toString() == 'data/common.yaml:1:4'
        told.related()[0].at().get().toString() == 'site.groovy:1:9'
    }

    def "data is an input of its own, whose digest tells when it changes"() {
        given:
        site.write('data/common.yaml', 'a: 1')
        site.manifest("def x = lookup('a', Integer)")

        expect:
        def before = inputs()
        before.dataDigest().present
        inputs().dataDigest() == before.dataDigest()

        when:
        site.write('data/common.yaml', 'a: 2')

        then:
        inputs().dataDigest() != before.dataDigest()
        inputs().mark() != before.mark()
        inputs().digest() == before.digest()
    }

    private inputs() {
        def inputs = new SiteInputs()
        new ManifestCompiler(SiteFolder.TYPES, Optional.empty()).compile(Site.open(folder).value().get(), new Facts(new FixedFacts(SiteFolder.FACTS)), inputs)
        inputs
    }

    def "a key without a value, or with an empty map, can stand beside keys below it: #text"() {
        given:
        site.write('data/common.yaml', text)

        expect:
        plain('nginx.port') == 80
        plain('nginx') == [port: 80]

        where:
        text << ['nginx:\nnginx.port: 80', 'nginx.port: 80\nnginx:', 'nginx: {}\nnginx.port: 80', 'nginx.port: 80\nnginx: ~',
                 'nginx: { port: }\nnginx.port: 80', 'nginx.port: 80\nnginx: { port: ~ }']
    }
}
