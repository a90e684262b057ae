package dev.converge.vault

import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.Specification
import spock.lang.TempDir

class KeyFileSpec extends Specification {
    @TempDir
    Path folder

    def "a new key is for its owner alone, and opens what it has closed"() {
        given:
        def key = new KeyFile(folder.resolve('new/data.key')).create().value().get()
        def again = new KeyFile(folder.resolve('new/data.key')).read().value().get()

        expect:
        mode(folder.resolve('new/data.key')) == 'rw-------'
        again.decrypt(key.encrypt(text)).value().get() == text

        where:
        text << ['x', 'correct horse', 'zwei\nZeilen\n', 'Straße ✓ 🔑', ' ' * 5000]
    }

    def "a key that is there is never replaced"() {
        given:
        def file = new KeyFile(folder.resolve('data.key'))
        file.create()
        def before = Files.readString(file.path())

        expect:
        file.create().diagnostics()*.code() == [Code.ENCRYPTED]
        Files.readString(file.path()) == before
    }

    def "a key of mode #mode is #verdict"() {
        given:
        def file = new KeyFile(folder.resolve('data.key'))
        file.create()
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString(mode))

        when:
        def read = file.read()

        then:
        read.isOk() == (verdict == 'read')
        read.isOk() || read.diagnostics()[0].suggestion().get().contains("chmod 0600 ${file.path()}")

        where:
        mode        | verdict
        'rw-------' | 'read'
        'r--r-----' | 'read'
        'rw-r--r--' | 'refused'
        'rw-----w-' | 'refused'
        'rw-rw----' | 'refused'
    }

    def "a file with #what is refused, and not shown"() {
        given:
        def file = new KeyFile(folder.resolve('data.key'))
        Files.write(file.path(), content as byte[])
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString('rw-------'))

        when:
        def told = file.read().diagnostics()

        then:
        told*.code() == [Code.ENCRYPTED]
        !told.toString().contains('c2hvcnQ')

        where:
        what               | content
        'nothing'          | []
        'too few bytes'    | 'c2hvcnQ='.bytes
        'no base64'        | 'c2hvcnQ=!!'.bytes
        'more than a key'  | ('c2hvcnQ=' * 1000).bytes
        'no text'          | [0xff, 0xfe, 0x00]
    }

    def "what is no file is refused and not waited for"() {
        given:
        def pipe = folder.resolve('pipe')
        assert ['mkfifo', '-m', '600', pipe.toString()].execute().waitFor() == 0

        expect:
        new KeyFile(path ?: pipe).read().diagnostics()*.code() == [Code.ENCRYPTED]

        where:
        path << [null, Path.of('/nowhere/data.key'), Path.of('/dev/null'), Path.of('/tmp')]
    }

    def "the same text is never encrypted to the same value"() {
        given:
        def key = new KeyFile(folder.resolve('data.key')).create().value().get()

        expect:
        (1..50).collect { key.encrypt('x').toString() }.toSet().size() == 50
    }

    def "a value that is #what is told, and the key is not"() {
        given:
        def key = new KeyFile(folder.resolve('data.key')).create().value().get()
        def other = new KeyFile(folder.resolve('other.key')).create().value().get()
        def good = key.encrypt('correct horse').toString()

        when:
        def text = change(good, other)
        def parsed = EncryptedValue.parse(text)
        def told = parsed.isOk() ? key.decrypt(parsed.value().get()).diagnostics() : parsed.diagnostics()

        then:
        EncryptedValue.isMeant(text)
        told*.code() == [Code.ENCRYPTED]
        !told.toString().contains(Files.readString(folder.resolve('data.key')).trim())

        where:
        what                        | change
        'of another key'            | { mine, theirs -> theirs.encrypt('x').toString() }
        'changed in one letter'     | { mine, theirs -> mine.replaceFirst(/(?<=,.{20})./) { it == 'A' ? 'B' : 'A' } }
        'cut off'                   | { mine, theirs -> mine[0..20] + ']' }
        'of another algorithm'      | { mine, theirs -> mine.replace('AES256-GCM', 'PKCS7') }
        'not base64'                | { mine, theirs -> 'ENC[AES256-GCM,???]' }
        'empty'                     | { mine, theirs -> 'ENC[]' }
    }

    def "a value that is folded over lines is still one"() {
        given:
        def key = new KeyFile(folder.resolve('data.key')).create().value().get()
        def folded = key.encrypt('correct horse').toString().replaceAll(/(.{20})/, '$1 \n')

        expect:
        key.decrypt(EncryptedValue.parse(folded).value().get()).value().get() == 'correct horse'
    }

    private static String mode(Path file) {
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
    }
}
