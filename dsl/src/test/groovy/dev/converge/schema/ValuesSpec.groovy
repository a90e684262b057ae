package dev.converge.schema

import dev.converge.model.Content
import dev.converge.model.Ensure
import dev.converge.model.Mode
import dev.converge.model.Secret
import dev.converge.model.Text
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification

class ValuesSpec extends Specification {
    def "#value reads #shown for people, #plain for programs, #source in a manifest"() {
        expect:
        Values.display(value) == shown
        Values.plain(value) == plain
        Values.source(value) == source

        where:
        value                    | shown        | plain                | source
        'text'                   | 'text'       | 'text'               | "'text'"
        Path.of('/etc/motd')     | '/etc/motd'  | '/etc/motd'          | "'/etc/motd'"
        42                       | '42'         | 42                   | '42'
        true                     | 'true'       | true                 | 'true'
        Mode.parse('0644')       | '0644'       | '0644'               | "'0644'"
        Duration.ofMinutes(90)   | '1h 30m'     | '1h 30m'             | "'1h 30m'"
        Ensure.ABSENT            | 'absent'     | 'absent'             | "'absent'"
        ['a', 'b']               | 'a, b'       | ['a', 'b']           | "['a', 'b']"
        []                       | ''           | []                   | '[]'
        [LANG: 'C', 'a-b': 'd']  | 'LANG=C, a-b=d' | [LANG: 'C', 'a-b': 'd'] | "[LANG: 'C', 'a-b': 'd']"
        [:]                      | ''           | [:]                  | '[:]'
        Optional.of('x')         | 'x'          | 'x'                  | "'x'"
    }

    def "a secret is masked for every reader, wherever it is"() {
        expect:
        Values.isSensitive(value)
        [Values.display(value), Values.plain(value).toString(), Values.source(value)].every {
            it.contains(Secret.MASK) && !it.contains('hunter2')
        }

        where:
        value << [
            Secret.of('hunter2'),
            Optional.of(Secret.of('hunter2')),
            [Secret.of('hunter2')],
            [KEY: Text.of(Secret.of('hunter2'))],
            Text.of(['password=', Secret.of('hunter2')]),
            Content.of(Text.of(['password=', Secret.of('hunter2')])),
            Content.of('hunter2').hidden(),
        ]
    }

    def "content is named for people, whole for programs and in a manifest"() {
        given:
        def content = Content.of('hello\n')

        expect:
        Values.display(content) == 'sha256 5891b5b522d5…, 6 bytes'
        Values.plain(content) == 'hello\n'
        Values.source(content) == "'hello\\n'"
        Values.digest(content) == [sha256: '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03', size: 6]
    }

    def "a literal reads back as the text it was made of: #text.inspect()"() {
        expect:
        new GroovyShell().evaluate(ManifestText.literal(text)) == text

        where:
        text << [
            '', ' ', "it's", 'a "quote"', '$HOME ${x}', 'back\\slash', 'tab\there', "carriage\r\nreturn",
            'one\n', 'one\ntwo', 'one\ntwo\n', '\n\n', "'''\n'''", "ends with '\nand \\", 'ünï ✓ 🙂', '\u202e\u0007\u2028',
        ]
    }

    def "several lines stay several lines, one line stays one"() {
        expect:
        ManifestText.literal('one\n') == "'one\\n'"
        ManifestText.literal('one\ntwo\n') == "'''\\\none\ntwo\n'''"
    }
}
