package dev.converge.state

import dev.converge.model.ResourceId
import dev.converge.report.Run
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.time.Instant
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper

/** What is replaced can be put back: content, type, mode, owner and time. */
class BackupStoreSpec extends Specification {
    @TempDir
    Path folder

    Path root
    StateDirectory state
    Run run = Run.begin('here')
    BackupStore store

    def setup() {
        root = Files.createDirectory(folder.resolve('root'))
        state = new StateDirectory(folder.resolve('state'))
        store = new BackupStore(state, root, run)
    }

    private Path file(String name, String content) {
        def path = root.resolve(name)
        Files.createDirectories(path.parent)
        Files.writeString(path, content)
    }

    private static List<Map<String, Object>> json(Path lines) {
        Files.readAllLines(lines).collect { JsonMapper.shared().readValue(it, Map) }
    }

    private List<Map<String, Object>> index() {
        json(state.backups().resolve('index.jsonl'))
    }

    private Path object(String digest) {
        state.backups().resolve("objects/${digest[0..1]}/${digest[2..-1]}")
    }

    private static String sha256(byte[] bytes) {
        HexFormat.of().formatHex(MessageDigest.getInstance('SHA-256').digest(bytes))
    }

    def "a file of #what is kept byte by byte under its digest"() {
        given:
        Files.write(root.resolve('f'), content)

        when:
        store.keep(Path.of('/f'))

        then:
        def line = index()[0]
        line.path == '/f'
        line.type == 'file'
        line.run == run.id()
        Instant.parse(line.time as String) >= run.started()
        line.sha256 == sha256(content)
        Files.readAllBytes(object(line.sha256 as String)) == content

        where:
        what           | content
        'some text'    | 'old\n'.bytes
        'nothing'      | new byte[0]
        'binary bytes' | (0..255).collect { it as byte } as byte[]
        'many bytes'   | new byte[3_000_000].tap { new Random(1).nextBytes(it) }
    }

    def "mode #mode and time are kept"() {
        given:
        def path = file('f', 'x')
        Files.setAttribute(path, 'unix:mode', mode)
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse('2020-02-03T04:05:06.789Z')))

        when:
        store.keep(Path.of('/f'))

        then:
        index()[0].mode == text
        index()[0].modified == 1580702706789000000L

        where:
        mode   || text
        0644   || '0644'
        0600   || '0600'
        04755  || '4755'
        0      || '0000'
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "the owner is kept"() {
        given:
        Files.setAttribute(file('f', 'x'), 'unix:uid', 4321)
        Files.setAttribute(root.resolve('f'), 'unix:gid', 8765)

        when:
        store.keep(Path.of('/f'))

        then:
        index()[0].uid == 4321
        index()[0].gid == 8765
    }

    def "the same content is kept once, each keeping has its line"() {
        given:
        file('a', 'same')
        file('b', 'same')

        when:
        ['/a', '/b', '/a'].each { store.keep(Path.of(it)) }

        then:
        index()*.path == ['/a', '/b', '/a']
        index()*.sha256.toSet().size() == 1
        objects().size() == 1
    }

    private List<Path> objects() {
        Files.walk(state.backups().resolve('objects')).withCloseable { paths -> paths.filter(Files::isRegularFile).toList() }
    }

    def "a link is kept as a link, also one that leads nowhere"() {
        given:
        Files.createSymbolicLink(root.resolve('l'), Path.of('/no/where'))

        when:
        store.keep(Path.of('/l'))

        then:
        index()[0].type == 'link'
        index()[0].target == '/no/where'
    }

    def "a folder is kept with all below it, folders before what they hold"() {
        given:
        file('d/b/inner', 'one')
        file('d/a', 'two')
        Files.createSymbolicLink(root.resolve('d/link'), Path.of('a'))
        Files.createDirectory(root.resolve('d/empty'))

        when:
        store.keep(Path.of('/d'))

        then:
        def line = index()[0]
        line.type == 'directory'
        def listing = json(object(line.listing as String))
        listing*.path == ['a', 'b', 'b/inner', 'empty', 'link']
        listing*.type == ['file', 'directory', 'file', 'directory', 'link']
        Files.readString(object(listing[2].sha256 as String)) == 'one'
        listing[4].target == 'a'
    }

    def "a link inside a folder is not followed"() {
        given:
        file('outside/secret', 'x')
        Files.createDirectory(root.resolve('d'))
        Files.createSymbolicLink(root.resolve('d/loop'), root.resolve('d'))

        when:
        store.keep(Path.of('/d'))

        then:
        json(object(index()[0].listing as String))*.type == ['link']
    }

    def "a pipe has nothing to keep but its place, and does not block"() {
        given:
        assert ['mkfifo', root.resolve('p') as String].execute().waitFor() == 0

        when:
        store.keep(Path.of('/p'))

        then:
        index()[0].type == 'other'
    }

    def "that nothing was there is kept too, so that what a run makes can be taken back"() {
        when:
        store.by(new ResourceId('file', '/nothing')).keep(Path.of('/nothing'))

        then:
        index()[0].subMap(['run', 'resource', 'path', 'type']) ==
            [run: run.id(), resource: 'file[/nothing]', path: '/nothing', type: 'absent']
        !index()[0].containsKey('mode')
        !Files.exists(state.objects())
    }

    def "what is kept says for which resource"() {
        given:
        file('f', 'x')

        when:
        store.by(new ResourceId('line', 'x')).keep(Path.of('/f'))

        then:
        index()*.resource == ['line[x]']
    }

    def "a content that does not match its digest is put aside, and kept anew"() {
        given:
        file('f', 'precious')
        store.keep(Path.of('/f'))
        def object = object(index()[0].sha256 as String)
        Files.writeString(object, damage)

        when:
        store.keep(Path.of('/f'))
        def warnings = store.finish()

        then:
        Files.readString(object) == 'precious'
        warnings*.detail().size() == 1
        warnings[0].detail().startsWith("$object does not hold what its name says. It was set aside as ")
        objects().collect { Files.readString(it) }.toSet() == ['precious', damage].toSet()

        where:
        damage << ['', 'spoilt', 'preciou$']
    }

    def "nobody else may read what was kept"() {
        given:
        Files.setPosixFilePermissions(file('f', 'secret'), PosixFilePermissions.fromString('rw-r--r--'))

        when:
        store.keep(Path.of('/f'))

        then:
        def modes = Files.walk(state.path()).withCloseable { paths -> paths.toList() }.collectEntries {
            [(state.path().relativize(it) as String): PosixFilePermissions.toString(Files.getPosixFilePermissions(it))]
        }
        modes.findAll { !it.value.endsWith('------') }.isEmpty()
    }

    def "a line that a crash has cut short does not spoil the next one"() {
        given:
        file('f', 'x')
        store.keep(Path.of('/f'))
        Files.writeString(state.backups().resolve('index.jsonl'), '{"run":"cut', java.nio.file.StandardOpenOption.APPEND)

        when: 'the next run comes'
        new BackupStore(state, root, run).keep(Path.of('/f'))

        then:
        def lines = Files.readAllLines(state.backups().resolve('index.jsonl'))
        lines.size() == 3
        [lines[0], lines[2]].every { JsonMapper.shared().readValue(it, Map).path == '/f' }
    }

    def "a turn that is interrupted while it keeps something does not stop the others from keeping theirs"() {
        given:
        file('f', 'x')
        store.keep(Path.of('/f'))

        when:
        Thread.start {
            Thread.currentThread().interrupt()
            try {
                store.keep(Path.of('/f'))
            } catch (Exception ignored) {
                assert Thread.currentThread().interrupted
            }
        }.join()
        store.keep(Path.of('/f'))

        then:
        index().last().path == '/f'
    }

    def "many threads keep at once without mixing their lines"() {
        given:
        (1..40).each { file("f$it", "content ${it % 7}") }

        when:
        (1..4).collect { part ->
            Thread.start { (1..40).findAll { it % 4 == part - 1 }.each { store.keep(Path.of("/f$it")) } }
        }*.join()

        then:
        index()*.path.toSet() == (1..40).collect { "/f$it".toString() }.toSet()
        objects().size() == 7
    }
}
