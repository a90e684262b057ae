package dev.converge.sink

import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires

/** What a server does not take waits, in order, over restarts and on a full disk. */
class HttpSpoolSpec extends SinkSpecification {
    @AutoCleanup
    Collector collector = Collector.plain()

    def "what waits for an address that is no longer named is told of, goes when it comes back, and is dropped in the end"() {
        given:
        int port = collector.port()
        collector.close()
        open(http(collector.url()))
        sinks.report(news(1))
        sinks.close()

        when:
        open()

        then:
        sinks.states()*.waiting() == [1]
        sinks.states()[0].problem().get().summary() == 'Reports wait for nobody'
        said.all.any { it.contains('Reports wait for nobody') }

        when: 'it comes back'
        sinks.close()
        open(http(URI.create("http://localhost:$port/in")))

        then:
        sinks.states()*.waiting() == [1]

        when: 'it is old'
        sinks.close()
        files('http-localhost').each { Files.setLastModifiedTime(it, java.nio.file.attribute.FileTime.fromMillis(0)) }
        open()

        then:
        sinks.states() == []
        !Files.list(folder.resolve('state/sinks')).withCloseable { all -> all.anyMatch { it.fileName.toString().startsWith('http-') } }
    }

    def "one that is down while the agent ends and begins again loses nothing"() {
        given:
        int port = collector.port()
        open(http(collector.url()))
        collector.close()

        when:
        (1..5).each { sinks.report(news(it)) }
        soon.eventually { assert said.all.any { it.contains('Nobody listens') } }
        sinks.close()

        then:
        files('http-localhost').size() == 5
        files('http-localhost').every { ThisProcess.root ? Files.getPosixFilePermissions(it).size() == 2 : true }

        when:
        open(http(URI.create("http://localhost:$port/in")))
        sinks.report(news(6))
        collector = Collector.plain(port)

        then:
        soon.eventually { assert runs(collector) == (1..6).collect { id(it) } }
        soon.eventually { assert files('http-localhost').findAll { !it.endsWith('lost.json') } == [] }
    }

    def "what there is no room for is dropped, the oldest first, and the next report says so"() {
        given:
        def spool = Spool.open(folder.resolve('spool'), 3000, Duration.ofDays(7))
        def document = { int n -> new Document(id(n), "web-1/${id(n)}/report", 'x' * 1000) }

        when:
        (1..5).each { spool.add(document(it), Lost.NOTHING) }

        then:
        spool.count() == 3
        spool.first().get().id().contains(id(3))
        spool.lost().dropped() == 2

        when: 'the process is another one'
        def next = Spool.open(folder.resolve('spool'), 3000, Duration.ofDays(7))

        then:
        next.count() == 3
        next.lost().dropped() == 2

        when: 'a report has said it and arrived'
        next.add(document(6), next.lost())
        while (next.count() > 0) {
            next.delivered(next.first().get())
        }

        then: 'but for what was dropped for that one itself'
        next.lost().dropped() == 1

        and:
        Spool.open(folder.resolve('spool'), 3000, Duration.ofDays(7)).lost().dropped() == 1
    }

    def "what has waited too long is dropped, and a clock that is corrected while it waits drops nothing"() {
        given:
        def place = folder.resolve('spool')
        def spool = Spool.open(place, 1 << 20, Duration.ofDays(1))
        (1..2).each { spool.add(new Document(id(it), "web-1/${id(it)}/report", 'x'), Lost.NOTHING) }
        def old = Files.list(place).withCloseable { it.toList().sort(false)[0] }

        when:
        Files.setLastModifiedTime(old, java.nio.file.attribute.FileTime.fromMillis(0))

        then:
        spool.first().get().id().contains(id(1))

        and:
        with(Spool.open(place, 1 << 20, Duration.ofDays(1))) {
            it.first().get().id().contains(id(2))
            it.lost().dropped() == 1
        }
    }

    @Requires({ ThisProcess.root })
    def "while the disk is full, reports wait in memory and go from there; then they are on disk again"() {
        given:
        def disk = Files.createDirectories(folder.resolve('state'))
        command('mount', '-t', 'tmpfs', '-o', 'size=64k,mode=0700', 'none', disk as String)
        int port = collector.port()
        collector.close()
        open(http(URI.create("http://localhost:$port/in")))
        sinks.report(news(1))
        fill(disk)

        when:
        (2..4).each { sinks.report(news(it)) }

        then:
        said.all.any { it.contains('Reports wait in memory') && it.contains('No space is left') }
        sinks.states()[0].waiting() == 4

        when:
        Files.delete(disk.resolve('filler'))
        sinks.report(news(5))

        then:
        files('http-localhost').findAll { it.toString().contains('~') }.size() == 5

        when:
        fill(disk)
        sinks.report(news(6))
        collector = Collector.plain(port)

        then:
        soon.eventually { assert runs(collector) == (1..6).collect { id(it) } }

        cleanup:
        sinks.close()
        command('umount', '-l', disk as String)
    }

    private static void fill(Path disk) {
        try {
            disk.resolve('filler').toFile().withOutputStream { out -> while (true) { out.write(new byte[1]) } }
        } catch (IOException ignored) {
            assert Files.exists(disk.resolve('filler'))
        }
    }

    private static void command(String... words) {
        def process = new ProcessBuilder(words).redirectErrorStream(true).start()
        def text = process.inputStream.text
        assert process.waitFor() == 0: text
    }
}
