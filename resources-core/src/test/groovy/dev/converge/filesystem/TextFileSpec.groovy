package dev.converge.filesystem

import dev.converge.FolderHost
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Mode
import dev.converge.provider.Backups
import dev.converge.provider.ResourceFailure
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.Executors
import spock.lang.Specification
import spock.lang.TempDir

/** A file of which several resources own a part. */
class TextFileSpec extends Specification {
    private static final Path FILE = Path.of('/conf')
    private static final Mode MODE = Mode.parse('0640')

    @TempDir
    Path root

    FolderHost host

    def setup() {
        host = new FolderHost(root)
    }

    Path real() {
        root.resolve('conf')
    }

    def "what an edit does not name stays byte for byte: #title"() {
        given:
        Files.write(real(), bytes as byte[])

        when:
        TextFile.edit(FILE, host, MODE) { it + 'x' }

        then:
        Files.readAllBytes(real()) as List == (bytes as List) + [(byte) 0x78]

        where:
        title                    | bytes
        'no text'                | []
        'CR and LF'              | 'a\r\nb\r\n'.bytes
        'no last line end'       | 'a\nb'.bytes
        'UTF-8'                  | 'grün €\n'.getBytes('UTF-8')
        'a byte order mark'      | '\uFEFFa\n'.getBytes('UTF-8')
        'Latin-1'                | 'grün\n'.getBytes('ISO-8859-1')
        'a byte that is no text' | [0x61, 0x80, 0xff, 0x00, 0x0a].collect { (byte) it }
    }

    def "owner, mode and links stay, and what was there is kept"() {
        given:
        Files.writeString(root.resolve('real'), 'old')
        Files.setPosixFilePermissions(root.resolve('real'), PosixFilePermissions.fromString('rw-r-x---'))
        Files.createSymbolicLink(real(), Path.of('real'))

        when:
        TextFile.edit(FILE, host, MODE) { 'new' }

        then:
        Files.isSymbolicLink(real())
        Files.readString(root.resolve('real')) == 'new'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve('real'))) == 'rw-r-x---'
        host.kept == [Path.of('/real')]
    }

    def "a new file has the mode that was asked for"() {
        when:
        TextFile.edit(FILE, host, MODE) { 'new' }

        then:
        Files.readString(real()) == 'new'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(real())) == 'rw-r-----'
    }

    def "an edit that changes nothing writes nothing"() {
        given:
        Files.writeString(real(), 'old')
        def before = Files.getAttribute(real(), 'unix:ino')

        when:
        TextFile.edit(FILE, host, MODE) { it }

        then:
        Files.getAttribute(real(), 'unix:ino') == before
        host.kept == []
        TextFile.read(FILE, host).foresee { it }.empty
    }

    def "what an edit would do can be seen before"() {
        given:
        Files.writeString(real(), 'old')

        expect:
        def edit = TextFile.read(FILE, host).foresee { it + '!' }.get()
        edit.path() == FILE
        edit.before().get().text().get() == 'old'
        edit.after().get().text().get() == 'old!'
        Files.readString(real()) == 'old'
    }

    def "edits at once lose nothing of each other"() {
        given:
        def pool = Executors.newFixedThreadPool(8)

        when:
        def all = (1..100).collect { number -> pool.submit { TextFile.edit(FILE, host, MODE) { it + "line $number\n" } } }
        all*.get()

        then:
        Files.readAllLines(real()).sort() == (1..100).collect { "line $it".toString() }.sort()

        cleanup:
        pool.shutdown()
    }

    def "a program has to accept the whole new file before it takes its place: #text"() {
        given:
        def real = Files.writeString(root.resolve('conf'), 'port 1\n')
        def kept = []
        def machine = new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { Path path -> kept << path } as Backups)
        def validation = Validation.of(['grep -qx "port [0-9]*" %'], [])

        when:
        def failure = null
        try {
            TextFile.edit(real, machine, MODE, validation) { text }
        } catch (ResourceFailure e) {
            failure = e
        }

        then:
        (failure == null) == accepted
        accepted || failure.message.contains("refused by 'grep -qx port [0-9]* %', exit 1; the old file stays")
        Files.readString(real) == (accepted ? text : 'port 1\n')
        kept == (accepted ? [real] : [])
        Files.list(root).withCloseable { it.toList() } == [real]

        where:
        text       || accepted
        'port 2\n' || true
        'prot 2\n' || false
    }

    def "a letter that the file has no byte for is refused, and the file stays"() {
        given:
        Files.write(real(), 'grün'.getBytes(StandardCharsets.ISO_8859_1))

        when:
        TextFile.edit(FILE, host, MODE) { it + '€' }

        then:
        thrown(ResourceFailure)
        Files.readAllBytes(real()) == 'grün'.getBytes(StandardCharsets.ISO_8859_1)
        Files.list(root).withCloseable { it.count() } == 1
    }

    def "a file in UTF-16 is refused, and stays"() {
        given:
        Files.write(real(), 'a\n'.getBytes('UTF-16'))

        when:
        TextFile.edit(FILE, host, MODE) { it + 'b' }

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('UTF-16')
        Files.readAllBytes(real()) == 'a\n'.getBytes('UTF-16')
    }

    def "a byte order mark is no part of the first line"() {
        given:
        Files.writeString(real(), '\uFEFFfirst\n')

        expect:
        TextFile.read(FILE, host).lines() == ['first']
    }

    def "a file is one file by whatever path"() {
        given:
        Files.createDirectory(root.resolve('folder'))
        Files.createSymbolicLink(root.resolve('alias'), Path.of('folder'))
        def pool = Executors.newFixedThreadPool(8)

        when:
        def all = (1..100).collect { number ->
            def path = Path.of(number % 2 == 0 ? '/folder/f' : '/alias/f')
            pool.submit { TextFile.edit(path, host, MODE) { it + "line $number\n" } }
        }
        all*.get()

        then:
        Files.readAllLines(root.resolve('folder/f')).size() == 100

        cleanup:
        pool.shutdown()
    }

    def "a #kind is not edited"() {
        given:
        make.call(real())

        when:
        TextFile.edit(FILE, host, MODE) { 'new' }

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(kind)

        where:
        kind        | make
        'directory' | { Path path -> Files.createDirectory(path) }
        'FIFO'      | { Path path -> ['mkfifo', path].execute().waitFor() }
    }
}
