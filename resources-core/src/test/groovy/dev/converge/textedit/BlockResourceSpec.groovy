package dev.converge.textedit

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Content
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Marked blocks: what becomes of a file's text, and of the file. */
class BlockResourceSpec extends ProviderContractSpec<BlockResource> {
    private static final String BEGIN = '# BEGIN converge: c\n'
    private static final String END = '# END converge: c\n'

    @TempDir
    Path root

    Path file

    def setup() {
        file = Files.createDirectories(root.resolve('etc')).resolve('f')
        Files.writeString(file, 'one\ntwo\n')
    }

    @Override
    BlockType schema() {
        new BlockType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<BlockResource>> samples() {
        [
            'block': { block('a\nb\n') },
            'block without a last line end': { block('a\nb') },
            'empty block': { block('') },
            'block in a new file': { resource('/etc/new:c', [content: Content.of('a'), create: true]) },
            'block with a secret': { resource('/etc/f:c', [content: Content.of(Text.of(['key ', Secret.of('s3cret')]))]) },
            'block of XML': { resource('/etc/f:c', [content: Content.of('<a/>'), comment: '<!-- -->', before: '^two']) },
        ]
    }

    private BlockResource block(String content, Map<String, ?> more = [:]) {
        resource('/etc/f:c', [content: Content.of(content)] + more)
    }

    def "#before with #content #how becomes #after"() {
        given:
        def part = new BlockPart(block(content, how))

        expect:
        part.with(before) == after
        part.with(after) == after
        part.without(after) == without

        where:
        before                                      | content  | how              || after                                     | without
        ''                                          | 'a\n'    | [:]              || "${BEGIN}a\n${END}"                       | ''
        'x\n'                                       | 'a\nb'   | [:]              || "x\n${BEGIN}a\nb\n${END}"                 | 'x\n'
        'x'                                         | ''       | [:]              || "x\n${BEGIN}${END}"                       | 'x\n'
        'x\ny\n'                                    | 'a'      | [after: 'x']     || "x\n${BEGIN}a\n${END}y\n"                 | 'x\ny\n'
        'x\ny\n'                                    | 'a'      | [before: '^']    || "${BEGIN}a\n${END}x\ny\n"                 | 'x\ny\n'
        "x\n${BEGIN}old\nolder\n${END}y"            | 'a'      | [before: '^']    || "x\n${BEGIN}a\n${END}y"                   | 'x\ny'
        "x\r\n"                                     | 'a\nb\n' | [:]              || "x\r\n${BEGIN}a\nb\n${END}".replaceAll('(?<!\r)\n', '\r\n') | 'x\r\n'
        "x\n${BEGIN}a\n# END converge: c"           | 'b'      | [:]              || "x\n${BEGIN}b\n# END converge: c"         | 'x\n'
        "# BEGIN converge: d\n# END converge: d\n"  | 'a'      | [:]              || "# BEGIN converge: d\n# END converge: d\n${BEGIN}a\n${END}" | "# BEGIN converge: d\n# END converge: d\n"
        ''                                          | 'a'      | [comment: '//']  || "// BEGIN converge: c\na\n// END converge: c\n" | ''
        ''                                          | 'a'      | [comment: '/* */'] || "/* BEGIN converge: c */\na\n/* END converge: c */\n" | ''
    }

    def "the line ends of the content are the file's: #content in #before is in sync once it is there"() {
        given:
        Files.writeString(root.resolve('etc/f'), before)

        when:
        converge(block(content))

        then:
        difference(block(content)).empty

        where:
        content           | before
        'a\r\nb\r\n'      | 'x\n'
        'a\r\nb'          | 'x\r\n'
        'a\nb\n'          | 'x\r\n'
        'a\r'             | 'x'
    }

    def "content that is no text, or has a marker in a secret, is refused"() {
        when:
        resource('/etc/f:c', [content: content])

        then:
        thrown(InvalidValueException)

        where:
        content << [Content.of('a\u0000'), Content.of(Text.of(Secret.of('x\n# END converge: c\n')))]
    }

    def "broken markers are a failure that changes nothing: #how"() {
        given:
        Files.writeString(file, text)

        when:
        converge(block('a'))

        then:
        thrown(ResourceFailure)
        Files.readString(file) == text

        where:
        how                          | text
        'only the beginning'         | "x\n${BEGIN}a\n"
        'only the end'               | "x\n${END}a\n"
        'the beginning twice'        | "${BEGIN}${BEGIN}${END}"
        'twice as a whole'           | "${BEGIN}${END}${BEGIN}${END}"
        'the end first'              | "${END}x\n${BEGIN}"
        'another one inside'         | "${BEGIN}# BEGIN converge: d\n# END converge: d\n${END}"
    }

    def "the change shows the content before and after"() {
        given:
        converge(block('a\n'))

        when:
        def change = difference(block('b\n')).get()

        then:
        change.attributes().collect { [it.attribute().name(), it.before().get().text().get(), it.after().text().get()] } == [['content', 'a\n', 'b\n']]
        provider().edits(change, newHost())[0].after().get().text().get() == "one\ntwo\n${BEGIN}b\n${END}"
    }

    def "#name with #attributes is refused"() {
        when:
        resource(name, [content: Content.of('a')] + attributes)

        then:
        thrown(InvalidValueException)

        where:
        name          | attributes
        '/etc/f'      | [:]
        '/etc/f:'     | [:]
        '/etc/f: a'   | [:]
        'f:a'         | [:]
        '/etc/f:a'    | [content: Content.of('x\n# END converge: a\n')]
        '/etc/f:a'    | [after: 'x', before: 'y']
        '/etc/f:a'    | [comment: '']
        '/etc/f:a'    | [comment: 'a b c']
    }
}
