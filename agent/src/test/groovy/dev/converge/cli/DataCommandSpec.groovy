package dev.converge.cli

import dev.converge.vault.EncryptedValue
import dev.converge.vault.KeyFile
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.TimeUnit
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** Editing is done in a process of its own: only that has an editor, and signals. */
@Timeout(120)
class DataCommandSpec extends CliSpecification {
    private Path getKey() {
        folder.resolve('data.key')
    }

    private Path getFile() {
        folder.resolve('common.yaml')
    }

    private String encrypted(String text) {
        new KeyFile(key).read().value().get().encrypt(text)
    }

    private String decrypted(String value) {
        new KeyFile(key).read().value().get().decrypt(EncryptedValue.parse(value).value().get()).value().get()
    }

    def setup() {
        assert converge('data', 'key', key.toString()) == 0
    }

    def "a key is made once, for its owner alone, and not shown"() {
        expect:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(key)) == 'rw-------'
        !out.contains(Files.readString(key).trim())

        and:
        converge('data', 'key', key.toString()) == 1
        err.contains('exists already')
    }

    def "a value from standard input is printed encrypted: #typed"() {
        given:
        this.typed = typed

        expect:
        converge('data', 'encrypt', '--key-file', key.toString()) == 0
        decrypted(out.trim()) == value

        where:
        typed             | value
        'correct horse\n' | 'correct horse'
        'correct horse'   | 'correct horse'
        'two\nlines\n'    | 'two\nlines\n'
    }

    def "nothing on standard input is refused"() {
        expect:
        converge('data', 'encrypt', '--key-file', key.toString()) == 1
        err.contains('nothing to encrypt')
    }

    def "a value of a file is encrypted where it stands, and the file keeps its mode"() {
        given:
        Files.writeString(file, '# the database\ndb:\n  password: hunter2   # ask Eve\n')
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-r-----'))

        expect:
        converge('data', 'encrypt', file.toString(), 'db.password', '--key-file', key.toString()) == 0
        def lines = Files.readAllLines(file)
        lines[0, 1] == ['# the database', 'db:']
        def parts = lines[2] =~ /  password: (ENC\[.*])   # ask Eve/
        parts.matches() && decrypted(parts[0][1]) == 'hunter2'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) == 'rw-r-----'

        and:
        converge('data', 'encrypt', file.toString(), 'db.password', '--key-file', key.toString()) == 0
        out == 'db.password is encrypted already.\n'
        Files.readAllLines(file) == lines
    }

    def "the key is the one that the hierarchy names for the file #path"() {
        given:
        def site = Files.createDirectories(folder.resolve('site/data/hosts'))
        Files.createDirectories(folder.resolve('site/data/secrets'))
        Files.writeString(folder.resolve('site/data/hierarchy.yaml'), """
            version: 1
            keyFile: $folder/wrong.key
            levels:
              - { name: host, path: 'hosts/\${fqdn}.yaml', keyFile: $key }
              - { name: secrets, glob: 'secrets/*.yaml', keyFile: ../../data.key }
        """.stripIndent())
        def data = folder.resolve("site/data/$path")
        Files.writeString(data, 'a: word\n')

        expect:
        converge('data', 'encrypt', data.toString(), 'a') == (known ? 0 : 1)
        known ? decrypted(Files.readString(data).replace('a: ', '')) == 'word' : err.contains('--key-file')

        where:
        path                   | known
        'hosts/a.example.yaml' | true
        'secrets/x.yaml'       | true
        'other.yaml'           | false
    }

    def "#words is refused with what to write"() {
        expect:
        converge('data', *words) == 1
        err.contains(advice)

        where:
        words                      | advice
        ['kye']                    | 'Did you mean "key"?'
        ['edit']                   | 'converge data edit FILE'
        ['edit', '/nowhere']       | 'touch /nowhere'
        ['edit', '/tmp']           | 'no file'
        ['encrypt', 'x.yaml']      | 'converge data encrypt FILE KEY'
        ['key', 'a', 'b']          | 'converge data key [FILE]'
    }

    def "an editor sees secrets in memory alone, and what it does not touch stays byte by byte"() {
        given:
        def kept = encrypted('correct horse')
        Files.writeString(file, "# top\na: $kept   # why\nb: ${encrypted('old')}\nc: 1\n")

        when:
        def process = edit("""
            stat -f -c %T "\$1" > $folder/kind; stat -c %a "\$1" > $folder/mode; dirname "\$1" > $folder/place
            grep -q "a: !secret 'correct horse'   # why" "\$1" || exit 1
            sed -i "s/'old'/'new'/; \\\$a d: !secret more" "\$1"
        """)

        then:
        process.waitFor() == 0
        def lines = Files.readAllLines(file)
        lines[0, 1, 3] == ['# top', "a: $kept   # why".toString(), 'c: 1']
        decrypted(lines[2] - 'b: ') == 'new'
        decrypted(lines[4] - 'd: ') == 'more'
        folder.resolve('kind').toFile().text.trim() == 'tmpfs'
        folder.resolve('mode').toFile().text.trim() == '600'
        !Files.exists(Path.of(folder.resolve('place').toFile().text.trim()))
    }

    def "a file that is not edited is not written"() {
        given:
        Files.writeString(file, "a: ${encrypted('x')}\n")
        def before = Files.getLastModifiedTime(file)

        expect:
        edit(':').waitFor() == 0
        Files.getLastModifiedTime(file) == before
    }

    def "what is no YAML any more can be edited again"() {
        given:
        Files.writeString(file, "a: ${encrypted('x')}\n")

        when:
        def process = edit("""
            if [ -e $folder/once ]; then sed -i 's/^b: }/b: 1/' "\$1"; else touch $folder/once; echo 'b: }' >> "\$1"; fi
        """, answer)

        then:
        process.waitFor() == exit
        Files.readString(file).endsWith('b: 1\n') == (exit == 0)
        complaints().contains('common.yaml:4:4')

        where:
        answer | exit
        '\n'   | 0
        'y\n'  | 0
        'n\n'  | 1
        ''     | 1
    }

    def "an editor that #what changes nothing"() {
        given:
        Files.writeString(file, "a: ${encrypted('x')}\n")
        def before = Files.readString(file)

        expect:
        edit(script).waitFor() == 1
        Files.readString(file) == before
        complaints().contains(said)

        where:
        what                | script                             | said
        'fails'             | 'echo "b: 1" >> "\$1"; exit 3'     | 'status 3'
        'removes the file'  | 'rm "\$1"'                         | 'removed'
        'is not there'      | null                               | 'not installed'
        'bares a secret'    | 'sed -i "s/!secret //" "\$1"'      | 'would be written in plain'
    }

    def "a file that somebody else has changed in the meantime is left alone, and no work is lost"() {
        given:
        Files.writeString(file, 'a: 1\n')

        expect:
        edit("echo 'a: 2' > $file; echo 'b: !secret word' >> \"\$1\"").waitFor() == 1
        Files.readString(file) == 'a: 2\n'
        decrypted(Files.readAllLines(folder.resolve('common.yaml.edited'))[1] - 'b: ') == 'word'
    }

    def "a #signal leaves nothing decrypted behind"() {
        given:
        Files.writeString(file, "a: ${encrypted('x')}\n")
        def before = Files.readString(file)
        def process = edit("dirname \"\$1\" > $folder/place.new; mv $folder/place.new $folder/place; while [ -d \"\$(cat $folder/place)\" ]; do sleep 0.05; done")
        new PollingConditions(timeout: 60).eventually { assert Files.exists(folder.resolve('place')) }
        def place = Path.of(folder.resolve('place').toFile().text.trim())

        when:
        assert Files.exists(place.resolve('common.yaml'))
        assert ['kill', "-$signal", "${process.pid()}"].execute().waitFor() == 0

        then:
        process.waitFor(60, TimeUnit.SECONDS)
        new PollingConditions(timeout: 60).eventually { assert !Files.exists(place) }
        Files.readString(file) == before

        where:
        signal << ['TERM', 'HUP', 'KILL']
    }

    private Process edit(String script, String typed = '') {
        def editor = folder.resolve('editor')
        if (script != null) {
            Files.writeString(editor, "#!/bin/sh\n${script.stripIndent()}\n")
            editor.toFile().executable = true
        }
        def builder = new ProcessBuilder("${System.getProperty('java.home')}/bin/java", '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp',
            System.getProperty('java.class.path'), 'dev.converge.cli.Main', 'data', 'edit', file.toString(), '--key-file', key.toString())
        builder.redirectError(folder.resolve('err').toFile()).redirectOutput(folder.resolve('out').toFile())
        builder.environment().putAll(LC_ALL: 'C.UTF-8', VISUAL: editor.toString())
        def process = builder.start()
        process.outputStream.withWriter { it << typed }
        process
    }

    private String complaints() {
        folder.resolve('err').toFile().getText('UTF-8')
    }
}
