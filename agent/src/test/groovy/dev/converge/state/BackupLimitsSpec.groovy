package dev.converge.state

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Duration
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper

/** What was kept goes with age and size, the least worth first; what can still be put back is whole. */
class BackupLimitsSpec extends Specification {
    static final int KIB = 1024
    static final Instant NOW = Instant.parse('2026-06-01T00:00:00Z')

    @TempDir
    Path folder

    StateDirectory state
    ObjectStore objects

    def setup() {
        state = new StateDirectory(folder.resolve('state'))
        objects = new ObjectStore(state.objects(), {})
    }

    /** One of several runs, which replaces a file that holds a KiB of its own. */
    private void run(int number, String path, Duration ago = Duration.ofDays(1)) {
        def content = Files.write(folder.resolve('content'), "$number $path".padRight(KIB).bytes)
        line(number, path, ago, 'file', ",\"sha256\":\"${objects.keep(content)}\"")
    }

    private void line(int number, String path, Duration ago, String type, String more) {
        Files.createDirectories(state.backups())
        state.index().toFile() << "{\"run\":\"r$number\",\"time\":\"${NOW - ago}\",\"path\":\"$path\",\"type\":\"$type\"$more}\n"
    }

    private Optional limit(long most = Long.MAX_VALUE, String lastRun = 'r9') {
        new BackupLimits(state, objects, lastRun, most, NOW).apply()
    }

    /** As if the last look at ages was long ago. */
    private void due() {
        Files.createDirectories(state.backups())
        Files.write(state.limited(), new byte[0])
        Files.setLastModifiedTime(state.limited(), FileTime.from(NOW - Duration.ofDays(2)))
    }

    private List<String> kept() {
        Files.readAllLines(state.index()).collect { JsonMapper.shared().readValue(it, Map) }.collect { "${it.run} ${it.path}".toString() }
    }

    private List<Path> contents() {
        Files.walk(state.objects()).withCloseable { it.filter(Files::isRegularFile).toList() }
    }

    def "what is older than 90 days goes, but not the last one of its path, nor what the last run kept"() {
        given:
        due()
        run(1, '/a', Duration.ofDays(100))
        run(2, '/a', Duration.ofDays(91))
        run(3, '/b', Duration.ofDays(100))
        run(4, '/a', Duration.ofDays(89))
        run(5, '/a', Duration.ofDays(88))

        when:
        limit()

        then:
        kept() == ['r3 /b', 'r4 /a', 'r5 /a']
        contents().size() == 3

        and: 'ages are looked at once a day'
        Files.getLastModifiedTime(state.limited()).toInstant() > NOW - Duration.ofDays(2)
    }

    def "what seems to come from the future, since the clock was put back, stays"() {
        given:
        due()
        run(1, '/a', Duration.ofDays(-400))
        run(2, '/a', Duration.ofDays(1))

        when:
        limit()

        then:
        kept() == ['r1 /a', 'r2 /a']
    }

    def "above #most KiB stay #expected"() {
        given:
        run(1, '/a')
        run(2, '/b')
        run(3, '/a')
        run(4, '/c')
        run(9, '/c')
        run(9, '/b')

        when:
        limit((most * KIB) as long)

        then:
        kept() == expected
        contents().size() == expected.size()

        where: 'a line adds about 130 bytes to each KiB'
        most || expected
        8    || ['r1 /a', 'r2 /b', 'r3 /a', 'r4 /c', 'r9 /c', 'r9 /b']
        6    || ['r2 /b', 'r3 /a', 'r4 /c', 'r9 /c', 'r9 /b']
        4    || ['r3 /a', 'r9 /c', 'r9 /b']
        3    || ['r9 /c', 'r9 /b']
        0    || ['r9 /c', 'r9 /b']
    }

    def "a content that several lines name stays with the last of them"() {
        given:
        def content = Files.write(folder.resolve('content'), 'same'.padRight(KIB).bytes)
        def digest = objects.keep(content)
        ['/a', '/a', '/b'].eachWithIndex { path, i -> line(i, path, Duration.ofDays(1), 'file', ",\"sha256\":\"$digest\"") }

        when:
        limit(KIB + 200)

        then:
        kept() == ['r2 /b']
        contents() == [objects.path(digest)]
    }

    def "a folder's contents stay with it and go with it"() {
        given:
        def inner = objects.keep(Files.write(folder.resolve('content'), 'inner'.padRight(KIB).bytes))
        def listing = objects.keep(new ByteArrayInputStream("{\"path\":\"x\",\"type\":\"file\",\"sha256\":\"$inner\"}\n".bytes))
        line(1, '/d', Duration.ofDays(1), 'directory', ",\"listing\":\"$listing\"")
        run(2, '/a')

        when:
        limit(3 * KIB)

        then:
        contents().size() == 3

        when:
        limit(2 * KIB)

        then:
        kept() == ['r2 /a']
        contents().size() == 1
    }

    def "what killed runs left is removed: contents that no line names"() {
        given:
        due()
        run(1, '/a')
        objects.keep(new ByteArrayInputStream('unnamed'.bytes))

        when:
        limit()

        then:
        kept() == ['r1 /a']
        contents().size() == 1
    }

    def "lines that cannot be read are put aside with a warning, and the contents they name stay: #what"() {
        given:
        due()
        run(1, '/a')
        def digest = objects.keep(new ByteArrayInputStream('only copy'.bytes))
        state.index().toFile() << damage.replace('DIGEST', digest) + '\n'
        run(2, '/b')

        when:
        def warning = limit().get()

        then:
        kept() == ['r1 /a', 'r2 /b']
        warning.detail().contains('1 line that is no JSON or not whole')
        Files.exists(objects.path(digest))
        def aside = Files.list(state.backups()).withCloseable { it.toList() }.findAll { it.fileName.toString().contains('.damaged-') }
        aside.collect { Files.readString(it) } == [damage.replace('DIGEST', digest) + '\n']
        warning.detail().contains(aside[0].fileName.toString())

        when: 'and the next time too'
        due()

        then:
        limit().empty
        Files.exists(objects.path(digest))

        where:
        what           | damage
        'cut short'    | '{"run":"r1","time":"2026-05-01T00:00:00Z","path":"/x","type":"file","sha256":"DIGEST"'
        'garbage'      | '\u0001\u0002 DIGEST \u0003'
        'without time' | '{"run":"r1","path":"/x","type":"file","sha256":"DIGEST"}'
    }

    def "a path in letters of any language is written back byte by byte"() {
        given:
        due()
        run(1, '/a', Duration.ofDays(100))
        run(2, '/a')
        run(3, '/srv/Grüße-日本')

        when:
        limit()

        then:
        kept() == ['r2 /a', 'r3 /srv/Grüße-日本']
    }

    def "within the limits nothing is touched, not even read"() {
        given:
        run(1, '/a')
        state.index().toFile() << 'no JSON\n'
        limit()
        Files.setLastModifiedTime(state.limited(), FileTime.from(NOW))
        def before = Files.readString(state.index())

        expect:
        limit().empty
        Files.readString(state.index()) == before
    }
}
