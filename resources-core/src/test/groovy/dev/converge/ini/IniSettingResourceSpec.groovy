package dev.converge.ini

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Settings in ini files: what becomes of a file's text, and of the file. */
class IniSettingResourceSpec extends ProviderContractSpec<IniSettingResource> {
    @TempDir
    Path root

    Path file

    def setup() {
        file = Files.createDirectories(root.resolve('etc')).resolve('f')
        Files.writeString(file, '; top\n[a]\nk = 1\n')
    }

    @Override
    IniSettingType schema() {
        new IniSettingType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<IniSettingResource>> samples() {
        [
            'new setting': { setting('a', 'n', '2') },
            'setting with another value': { setting('a', 'k', '2') },
            'setting in a new section': { setting('program:web', 'command', '/bin/web --port=80') },
            'setting before the first section': { setting('', 'k', 'v') },
            'empty setting': { setting('a', 'n', '') },
            'setting in a new file': { resource('/etc/new:a:k', [value: 'v', create: true]) },
            'setting with a secret': { resource('/etc/f:a:k', [value: Text.of(Secret.of('s3cret'))]) },
        ]
    }

    private IniSettingResource setting(String section, String key, String value, Map<String, ?> how = [:]) {
        resource("/etc/f:$section:$key", [value: Text.of(value)] + how)
    }

    def "[#section] #key = #value #how takes #before to #after"() {
        given:
        def part = new IniSettingPart(setting(section, key, value, how))

        expect:
        part.with(before) == after
        part.with(after) == after
        part.in(after).get() == part.desired()

        where:
        before                               | section        | key   | value | how                    || after
        ''                                   | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk = v\n'
        ''                                   | ''             | 'k'   | 'v'   | [:]                    || 'k = v\n'
        '[a]\nk=1\n'                         | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk=v\n'
        '[a]\n  k  :  1 \n'                  | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\n  k  :  v\n'
        '[a]\nk=1'                           | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk=v'
        '[a]\r\nk=1\r\n'                     | 'a'            | 'n'   | 'v'   | [:]                    || '[a]\r\nk=1\r\nn=v\r\n'
        '[a]\nk=1\n\n[b]\nk=1\n'             | 'b'            | 'k'   | 'v'   | [:]                    || '[a]\nk=1\n\n[b]\nk=v\n'
        '[a]\nk=1\n\n[b]\nk=1\n'             | 'a'            | 'n'   | 'v'   | [:]                    || '[a]\nk=1\nn=v\n\n[b]\nk=1\n'
        '[a]\nk=1\n\n# of b\n[b]\nk=1\n'     | 'a'            | 'n'   | 'v'   | [:]                    || '[a]\nk=1\nn=v\n\n# of b\n[b]\nk=1\n'
        '[a]\nk=1'                           | 'b'            | 'n'   | 'v'   | [:]                    || '[a]\nk=1\n\n[b]\nn=v\n'
        '[a]\nk=1\n\n'                       | 'b'            | 'n'   | 'v'   | [:]                    || '[a]\nk=1\n\n[b]\nn=v\n'
        '[a]\n;k=1\nm=2\n'                   | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\n;k=1\nk=v\nm=2\n'
        '[a]\n# k = 1\nm = 2\n'              | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\n# k = 1\nk = v\nm = 2\n'
        '[a]\n[b]\n'                         | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk = v\n[b]\n'
        '[a]\nk=1\n  and 2\n'                | 'a'            | 'n'   | 'v'   | [:]                    || '[a]\nk=1\n  and 2\nn=v\n'
        '[a]\nk=1\n'                         | ''             | 'k'   | 'v'   | [:]                    || 'k=v\n\n[a]\nk=1\n'
        '# of a\n[a]\nk=1\n'                 | ''             | 'k'   | 'v'   | [:]                    || 'k=v\n\n# of a\n[a]\nk=1\n'
        '# top\n\n[a]\nk=1\n'                | ''             | 'k'   | 'v'   | [:]                    || '# top\n\nk=v\n\n[a]\nk=1\n'
        'j=1\n\n[a]\n'                       | ''             | 'k'   | 'v'   | [:]                    || 'j=1\nk=v\n\n[a]\n'
        '[A]\nKey=1\n'                       | 'a'            | 'key' | 'v'   | [ignoreCase: true]     || '[A]\nKey=v\n'
        '[A]\nKey=1\n'                       | 'A'            | 'key' | 'v'   | [:]                    || '[A]\nKey=1\nkey=v\n'
        '[a]\nk = 1 ; one\n'                 | 'a'            | 'k'   | 'v'   | [inlineComments: true] || '[a]\nk = v ; one\n'
        '[a]\nk = 1 ; one\n'                 | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk = v\n'
        '[a]\nk = ; none\n'                  | 'a'            | 'k'   | 'v'   | [inlineComments: true] || '[a]\nk = v ; none\n'
        '[a]\nk =\n'                         | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk = v\n'
        '[a]\nk = 1\n'                       | 'a'            | 'k'   | ''    | [:]                    || '[a]\nk =\n'
        '[a]\nk 1\n'                         | 'a'            | 'n'   | 'v w' | [separator: ' ']       || '[a]\nk 1\nn v w\n'
        '[a]\nk 1\n'                         | 'a'            | 'k'   | 'v'   | [separator: ' ']       || '[a]\nk v\n'
        '[a]\nk = 1\n'                       | 'a'            | 'n'   | 'v'   | [separator: '=']       || '[a]\nk = 1\nn=v\n'
        '[a]\nk:x = 1\n'                     | 'a'            | 'n'   | 'v'   | [separator: '=']       || '[a]\nk:x = 1\nn=v\n'
        '[remote "o"]\n\turl = a\n'          | 'remote "o"'   | 'url' | 'b=c' | [:]                    || '[remote "o"]\n\turl = b=c\n'
        '[remote "o"]\n\turl = a\n'          | 'remote "o"'   | 'x'   | 'y'   | [:]                    || '[remote "o"]\n\turl = a\n\tx = y\n'
        '[p:w]\nk=1\n'                       | 'p:w'          | 'k'   | 'v'   | [:]                    || '[p:w]\nk=v\n'
        '[a] ; first\nk=1\n'                 | 'a'            | 'k'   | 'v'   | [:]                    || '[a] ; first\nk=v\n'
        '[a]\nk=v\nk=v\n'                    | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nk=v\nk=v\n'
        '[a]\nk=http://x/#y\n'               | 'a'            | 'm'   | 'v'   | [:]                    || '[a]\nk=http://x/#y\nm=v\n'
        '[a]\nx=1\n[b]\n[a]\nk=1\n'          | 'a'            | 'k'   | 'v'   | [:]                    || '[a]\nx=1\n[b]\n[a]\nk=v\n'
    }

    def "absent [#section] #key takes #before to #after"() {
        given:
        def part = new IniSettingPart(setting(section, key, ''))

        expect:
        part.without(before) == after
        part.in(after).empty

        where:
        before                           | section | key || after
        '[a]\nk=1\nm=2\n'                | 'a'     | 'k' || '[a]\nm=2\n'
        '[a]\nk=1\n'                     | 'a'     | 'k' || ''
        '[a]\nk=1\n\n[b]\nm=2\n'         | 'a'     | 'k' || '[b]\nm=2\n'
        '[b]\nm=2\n\n[a]\nk=1\n'         | 'a'     | 'k' || '[b]\nm=2\n'
        '[a]\n# why\nk=1\n'              | 'a'     | 'k' || '[a]\n# why\n'
        '[a]\nk=1\nk=2\nm=3\n'           | 'a'     | 'k' || '[a]\nm=3\n'
        'k=1\n[a]\nk=2\n'                | ''      | 'k' || '[a]\nk=2\n'
        '[a]\n[b]\nk=1\n'                | 'a'     | 'k' || '[a]\n[b]\nk=1\n'
    }

    def "what is added and removed again leaves #text as it was"() {
        given:
        def part = new IniSettingPart(setting('new', 'k', 'v'))

        expect:
        part.without(part.with(text)) == text

        where:
        text << ['', '[a]\nk=1\n', 'k=1\n', '[a]\r\nk=1\r\n']
    }

    def "a key that is there twice with other values is a failure that changes nothing"() {
        given:
        Files.writeString(file, '[a]\nk=1\nk=2\n')

        when:
        converge(setting('a', 'k', '2'))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('2, 3')
        Files.readString(file) == '[a]\nk=1\nk=2\n'
    }

    def "a secret is never shown, nor the value that it replaces"() {
        when:
        def change = difference(resource('/etc/f:a:k', [value: Text.of(Secret.of('s3cret'))])).get()

        then:
        change.attributes()[0].before().get() as String == '********'
        provider().edits(change, newHost())[0].before().get().sensitive
    }

    def "whatever bytes a value has, it is seen: #value"() {
        expect:
        new IniSettingPart(setting('a', 'k', 'v', [inlineComments: true])).in("[a]\nk = ${value}\n").get().value().reveal() == value.stripTrailing()

        where:
        value << ['a\rb', '\u2003a', 'a\u2028b', '\u0000', 'a;b', 'x' * 10000]
    }

    def "inspect finds what is there"() {
        expect:
        provider().inspect('/etc/f:a:k', newHost()).get() == setting('a', 'k', '1')
        provider().inspect('/etc/f:a:none', newHost()).empty
    }

    def "#name with #attributes is refused"() {
        when:
        resource(name, [value: Text.of('v')] + attributes)

        then:
        thrown(InvalidValueException)

        where:
        name             | attributes
        '/etc/f:k'       | [:]
        '/etc/f:a:'      | [:]
        'f:a:k'          | [:]
        '/etc/f:[a]:k'   | [:]
        '/etc/f:a:k=v'   | [:]
        '/etc/f:a:#k'    | [:]
        '/etc/f:a:k'     | [value: Text.of('a\nb')]
        '/etc/f:a:k'     | [value: Text.of(' a')]
        '/etc/f:a:k'     | [value: Text.of('a ;b'), inlineComments: true]
        '/etc/f:a:k'     | [separator: '']
    }
}
