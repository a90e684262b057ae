package dev.converge.textedit

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Catalog
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import java.time.Instant
import spock.lang.TempDir
import spock.lang.Timeout

/** Single lines: what becomes of a file's text, and of the file. */
class LineResourceSpec extends ProviderContractSpec<LineResource> {
    @TempDir
    Path root

    Path file

    def setup() {
        file = Files.createDirectories(root.resolve('etc')).resolve('f')
        Files.writeString(file, 'one\ntwo\n')
    }

    @Override
    LineType schema() {
        new LineType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<LineResource>> samples() {
        [
            'new line': { resource('/etc/f:three') },
            'line with a match': { resource('/etc/f:two=2', [match: '^two']) },
            'line that is there': { resource('/etc/f:two') },
            'line in a new file': { resource('/etc/new:a: b', [create: true]) },
            'line with a secret': { resource('/etc/f:password', [text: Text.of(['password=', Secret.of('s3cret')])]) },
        ]
    }

    def "#before with #line #how becomes #after"() {
        given:
        def part = new LinePart(resource("/etc/f:$line", how))

        expect:
        part.with(before) == after
        part.with(after) == after

        where:
        before                  | line   | how                           || after
        ''                      | 'a'    | [:]                           || 'a\n'
        'b\n'                   | 'a'    | [:]                           || 'b\na\n'
        'b'                     | 'a'    | [:]                           || 'b\na\n'
        'b\n\n'                 | 'a'    | [:]                           || 'b\n\na\n'
        'a'                     | 'a'    | [:]                           || 'a'
        'a\na\n'                | 'a'    | [:]                           || 'a\na\n'
        ' a\n'                  | 'a'    | [:]                           || ' a\na\n'
        'b\r\nc\r\n'            | 'a'    | [:]                           || 'b\r\nc\r\na\r\n'
        'a\r\n'                 | 'a'    | [:]                           || 'a\r\n'
        'b\nc\r\n'              | 'a'    | [before: 'c']                 || 'b\na\nc\r\n'
        'a=1\nb\n'              | 'a=2'  | [match: '^a=']                || 'a=2\nb\n'
        'b\na=1'                | 'a=2'  | [match: '^a=']                || 'b\na=2'
        'b\r\na=1\r\n'          | 'a=2'  | [match: '^a=']                || 'b\r\na=2\r\n'
        '#a=1\n'                | 'a=2'  | [match: '^#?a=']              || 'a=2\n'
        'b\n'                   | 'a=2'  | [match: '^a=']                || 'b\na=2\n'
        'a=2\na=2\n'            | 'a=2'  | [match: '^a=']                || 'a=2\na=2\n'
        'a=1\nb\na=3\n'         | 'a=2'  | [match: '^a=', all: true]     || 'a=2\nb\na=2\n'
        'x\nb\nx\nc\n'          | 'a'    | [after: '^x']                 || 'x\nb\nx\na\nc\n'
        'x'                     | 'a'    | [after: '^x']                 || 'x\na\n'
        'b\nx\nx\n'             | 'a'    | [before: '^x']                || 'b\na\nx\nx\n'
        'b\nc\n'                | 'a'    | [before: '^']                 || 'a\nb\nc\n'
        'b\n'                   | 'a'    | [before: '^x']                || 'b\na\n'
        'b\n'                   | 'a'    | [after: '^x']                 || 'b\na\n'
        'x\na=1\n'              | 'a=2'  | [match: '^a=', before: '^x']  || 'x\na=2\n'
        'ä\n'                   | 'ö: é' | [:]                           || 'ä\nö: é\n'
    }

    def "absent #line #how takes #before to #after"() {
        given:
        def part = new LinePart(resource("/etc/f:$line", how))

        expect:
        part.without(before) == after
        part.in(after).empty

        where:
        before             | line | how             || after
        'a\nb\na\n'        | 'a'  | [:]             || 'b\n'
        'b\na'             | 'a'  | [:]             || 'b\n'
        'a\r\nb\r\n'       | 'a'  | [:]             || 'b\r\n'
        'ab\na\n'          | 'a'  | [match: '^a']   || ''
        'b\n'              | 'a'  | [:]             || 'b\n'
        ''                 | 'a'  | [:]             || ''
    }

    def "several lines that match are not replaced unless that is said, and nothing is changed"() {
        given:
        Files.writeString(file, 'a=1\nb\na=3\n')

        when:
        converge(resource('/etc/f:a=2', [match: '^a=']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('1, 3')
        failure.advice().get().contains('all true')
        Files.readString(file) == 'a=1\nb\na=3\n'
    }

    def "the change shows the line before and after"() {
        when:
        def change = difference(resource('/etc/f:two=2', [match: '^two'])).get()

        then:
        change.action() == Action.UPDATE
        change.attributes().collect { [it.attribute().name(), it.before().get() as String, it.after() as String] } == [['line', 'two', 'two=2']]
    }

    def "a secret is shown neither before nor after, and a new file with one is its owner's"() {
        given:
        Files.writeString(file, 'password=old\n')
        def wanted = resource('/etc/f:password', [text: Text.of(['password=', Secret.of('s3cret')]), match: '^password='])

        when:
        def change = difference(wanted).get()
        def edits = provider().edits(change, newHost())

        then:
        ![change as String, edits as String].any { it.contains('s3cret') || it.contains('old') }
        edits[0].after().get().sensitive

        when:
        converge(resource('/etc/new:password', [text: Text.of(Secret.of('s3cret')), create: true]))

        then:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve('etc/new'))) == 'rw-------'
    }

    def "a file that is not UTF-8 keeps its bytes"() {
        given:
        Files.write(file, [0x61, 0xff, 0x0a] as byte[])

        when:
        converge(resource('/etc/f:b'))

        then:
        Files.readAllBytes(file) == [0x61, 0xff, 0x0a, 0x62, 0x0a] as byte[]
    }

    def "a missing file is made only when that is said"() {
        when:
        converge(resource('/etc/none:a'))

        then:
        thrown(ResourceFailure)
        !Files.exists(root.resolve('etc/none'))
    }

    def "the file is kept before it changes"() {
        given:
        def host = new FolderHost(root)
        def wanted = resource('/etc/f:three')

        when:
        provider().apply(difference(wanted).get(), host)

        then:
        host.kept == [Path.of('/etc/f')]
    }

    def "#name with #attributes is refused"() {
        when:
        resource(name, attributes)

        then:
        thrown(InvalidValueException)

        where:
        name         | attributes
        '/etc/f'     | [:]
        'f:a'        | [:]
        '/etc/f:'    | [:]
        '/etc/f:a'   | [match: '^b']
        '/etc/f:a'   | [match: '(']
        '/etc/f:a'   | [all: true]
        '/etc/f:a'   | [after: 'x', before: 'y']
        '/etc/f:a'   | [text: Text.of('b\nc')]
    }

    @Timeout(30)
    def "an expression that would try for ever, or fill the stack, is a failure that says so: #match"() {
        given:
        Files.writeString(file, 'ab' * 20_000 + '!\n')

        when:
        provider().observe(resource('/etc/f:ab', [match: match]), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().present

        where:
        match << ['^(a|b)*$', '^((a+b+)+)+$']
    }

    @Timeout(30)
    def "thousands of lines of one file are looked for in a moment"() {
        given:
        def lines = (1..30_000).collect { "line number $it of a file".toString() }
        Files.write(file, lines)
        Files.setLastModifiedTime(file, FileTime.from(Instant.now() - Duration.ofDays(1)))
        def host = newHost()

        expect:
        lines.take(5_000).every { provider().observe(resource("/etc/f:$it"), host).present }
    }

    def "what has just changed is read anew"() {
        given:
        def host = newHost()
        def one = resource('/etc/f:one')

        expect:
        provider().observe(one, host).present

        when:
        Files.writeString(file, 'two\none!')

        then:
        provider().observe(one, host).empty
    }

    def "the folder that a dangling link leads to is missing: a dry run says so too"() {
        given:
        Files.createSymbolicLink(root.resolve('etc/link'), Path.of('/none/f'))

        when:
        converge(resource('/etc/link:a', [create: true]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('/none')
    }

    def "a purge of its folder leaves the file alone"() {
        given:
        def declared = DeclaredResources.of(Catalog.of([declared(resource('/etc/f:a'))], [], [], []).value().get())

        expect:
        declared.contains(Path.of('/etc/f'))
        declared.hasBelow(Path.of('/etc'))
    }

    def "what comes first is the file, or else a folder above it"() {
        expect:
        LineName.parse('/etc/a/f:x: y').resourceNames() == ['/etc/a/f', '/etc/a', '/etc', '/']
    }
}
