package dev.converge.vault

import dev.converge.diagnostic.Code
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

class OpenDocumentSpec extends Specification {
    static final String PEM = '-----BEGIN KEY-----\nabc\n\ndef\n-----END KEY-----\n'

    @Shared
    @TempDir
    Path folder

    @Shared
    DataKey key

    def setupSpec() {
        key = new KeyFile(folder.resolve('data.key')).create().value().get()
    }

    def "what is not edited is the same file again, byte by byte: #what"() {
        given:
        def source = sealed(template)
        def document = open(source)

        expect:
        !document.text().contains('ENC[')
        document.seal(document.text()).value().get() == source

        where:
        what                           | template
        'a plain scalar'               | 'a: 1\nb: {{x}}\nc: 3\n'
        'comments and layout'          | '# top\r\na:   {{x}}   # why\r\n\r\n  # below\r\nb: [ 1,2 ]\r\n'
        'quotes'                       | 'a: "{{x}}"\nb: \'{{y}}\'\n'
        'lists'                        | 'a:\n- {{x}}\n- b: {{y}}\n  c: {{x}}\n'
        'brackets'                     | 'a: [ "{{x}}", { b: \'{{y}}\' } ]\n'
        'JSON'                         | '{\n  "a": "{{x}}",\n  "b": ["{{y}}"]\n}\n'
        'a folded value'               | 'a: >-\n  {{x}}\nb:\n  c: {{y}}\n'
        'an anchor'                    | 'a: &one {{x}}\nb: *one\n'
        'several lines'                | "a:\n  key: {{$PEM}}\nb: 2\n"
        'several lines and a comment'  | "a: {{$PEM}}   # the key\nb: {{$PEM}}\n    # of the host\nc: {{$PEM}}\n# end\n"
        'several lines in a list'      | "a:\n  - {{$PEM}}\n  - b\n"
        'several lines, no line break' | "a: {{one\ntwo}}\nb: 1\n"
        'lines that begin with spaces' | "a: {{  one\ntwo\n\n\n}}\nb: 1\n"
        'letters that YAML minds'      | "a: {{it's \"so\": #1 \\n & *x !y %z @ \u0007\t\u2028 🔑 ü}}\nb: {{\u0000\n}}\n"
        'letters beyond 16 bits first' | 'a: 🔑🔑\nb: {{x}}\nc: {{🔑}}\n'
        'a byte order mark'            | '\uFEFFa: {{x}}\nb: 1\n'
        'nothing that is encrypted'    | 'a: 1\n'
        'nothing'                      | ''
        'no line break at its end'     | 'a: {{x}}'
    }

    def "JSON with tabs is the same file again, too"() {
        given:
        def source = sealed('{\n\t"a":\t"{{x}}",\n\t"b": "two"\n}\n')
        def document = OpenDocument.of('common.json', source, key).value().get()

        expect:
        document.text().contains("!secret 'x'")
        document.seal(document.text()).value().get() == source
    }

    def "only what is edited is encrypted anew"() {
        given:
        def source = sealed('# keep\na: {{one}}\nb: {{two}}\nc: {{three}}\n')
        def document = open(source)

        when:
        def after = document.seal(document.text().replace("'two'", "'zwei'")).value().get()

        then:
        after.readLines()[0, 1, 3] == source.readLines()[0, 1, 3]
        after.readLines()[2] != source.readLines()[2]
        plain(after) == [a: 'one', b: 'zwei', c: 'three']
    }

    def "a value that moves to another key, or into brackets, keeps its encrypted form"() {
        given:
        def source = sealed('a: {{one}}\nb: {{two}}\n')
        def values = (source =~ /ENC\[.*]/).collect { it }

        when:
        def after = open(source).seal("x: [!secret 'two']\ny:\n  z: !secret one\n").value().get()

        then:
        after == "x: [\"${values[1]}\"]\ny:\n  z: ${values[0]}\n"
    }

    def "two keys of one text keep a value each"() {
        given:
        def source = sealed('a: {{same}}\nb: {{same}}\n')
        def values = (source =~ /ENC\[.*]/).collect { it }

        expect:
        open(source).seal("b: !secret same\na: !secret same\nc: !secret same\n").value().get()
            .startsWith("b: ${values[1]}\na: ${values[0]}\nc: ENC[")
    }

    def "a new secret in the form #text is encrypted"() {
        when:
        def after = open('a: 1\n').seal(text).value().get()

        then:
        !after.contains('!secret') && !after.contains('word')
        plain(after) == secrets

        where:
        text                                        | secrets
        "a: !secret pass word\n"                    | [a: 'pass word']
        "a: !secret 'pass: word # 1'\nb: 1\n"       | [a: 'pass: word # 1']
        "a: !secret |\n  pass\n  word\nb: 1\n"      | [a: 'pass\nword\n']
        "a:\n  - !secret 12\n  - b: !secret word\n" | ['a.0': '12', 'a.1.b': 'word']
        '{"a": !secret "word"}\n'                   | [a: 'word']
        "a: !secret word"                           | [a: 'word']
    }

    def "a text that #what is not written, and the line is told"() {
        given:
        def document = open(sealed('a: {{correct horse}}\nb: {{no}}\nc: plain\n'))
        def hints = document.text().readLines().count { it.startsWith('#!') }

        when:
        def told = document.seal(document.text().with(change)).diagnostics()

        then:
        told*.code() == [code]
        told[0].at().get().line() == hints + line
        !told.toString().contains('correct horse')

        where:
        what                             | line | code            | change
        'is no YAML'                     | 3    | Code.SYNTAX     | { it.replace('c: plain', 'c: }') }
        'has a secret without its mark'  | 1    | Code.ENCRYPTED  | { it.replace("!secret 'correct horse'", 'correct horse') }
        'has a short one without it'     | 2    | Code.ENCRYPTED  | { it.replace("!secret 'no'", "'no'") }
        'has a secret in a comment'      | 1    | Code.ENCRYPTED  | { it.replace('a: !secret', '# a: !secret') }
        'has one inside another text'    | 3    | Code.ENCRYPTED  | { it.replace('plain', 'a correct horse') }
        'marks a list as a secret'       | 3    | Code.ENCRYPTED  | { it.replace('plain', '!secret [word]') }
        'marks nothing as a secret'      | 3    | Code.ENCRYPTED  | { it.replace('plain', '!secret') }
        'has a key twice'                | 3    | Code.DATA       | { it.replace('c: plain', 'a: plain') }
        'has a value that nobody made'   | 3    | Code.ENCRYPTED  | { it.replace('plain', 'ENC[AES256-GCM,AAAA]') }
    }

    def "what cannot be decrypted is told at its place, all of it"() {
        given:
        def other = new KeyFile(folder.resolve("other-${System.nanoTime()}.key")).create().value().get()
        def source = "a: ${other.encrypt('x')}\nb:\n  c: ENC[AES256-GCM,AAAA]\n"

        expect:
        OpenDocument.of('common.yaml', source, key).diagnostics()*.at()*.get()*.toString() == ['common.yaml:1:4', 'common.yaml:3:6']
    }

    def "what stands under #path is encrypted where it stands"() {
        given:
        def source = "db:\n  user: app   # who\n  password: 'hunter2'\n  more: [x, {y: z}]\nport: 80\n"

        when:
        def after = Sealing.of('common.yaml', source, path, key).value().get()

        then:
        plain(after) == secrets
        after.readLines()[1].endsWith('   # who')
        after.readLines()[4] == 'port: 80'

        where:
        path          | secrets
        'db.password' | ['db.password': 'hunter2']
        'db.more'     | ['db.more.0': 'x', 'db.more.1.y': 'z']
        'db'          | ['db.user': 'app', 'db.password': 'hunter2', 'db.more.0': 'x', 'db.more.1.y': 'z']
    }

    def "#path cannot be encrypted"() {
        when:
        def told = Sealing.of('common.yaml', 'db:\n  password: x\nport: 80\n', path, key).diagnostics()

        then:
        told*.code() == [code]
        told[0].suggestion().get().contains(advice)

        where:
        path          | code               | advice
        'db.passwort' | Code.UNKNOWN_NAME  | 'db.password'
        'port'        | Code.ENCRYPTED     | 'quotes'
    }

    private OpenDocument open(String source) {
        OpenDocument.of('common.yaml', source, key).value().get()
    }

    private String sealed(String template) {
        template.replaceAll(/(?s)\{\{(.+?)}}/) { all, text -> key.encrypt(text).toString() }
    }

    private Map plain(String source) {
        Scalars.of('common.yaml', source).value().get().findAll { it.kind() == Scalar.Kind.ENCRYPTED }
            .collectEntries { [it.path(), key.decrypt(EncryptedValue.parse(it.value()).value().get()).value().get()] }
    }

    def "brackets without end are told"() {
        expect:
        OpenDocument.of('common.yaml', 'a: ' + '[' * 100_000, key).diagnostics()[0].at().get().toString() == 'common.yaml:1:103'
    }
}
