package dev.converge.cli

import dev.converge.report.Run
import dev.converge.state.RunLock
import dev.converge.state.StateDirectory
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.security.MessageDigest
import spock.lang.Timeout

/** One thing that cannot come back, or cannot be read, keeps nothing else from coming back. */
@Timeout(120)
class RestoreDamagedSpec extends CliSpecification {
    Path home

    def setup() {
        home = Files.createDirectories(folder.resolve('home'))
    }

    private int apply(String manifest) {
        run(site(manifest.replace('HOME', home as String)))
    }

    private int restore(String... words) {
        run(*(['restore'] + (words as List).collect { it.replace('HOME', home as String) }))
    }

    private void write(String name, String text) {
        Files.createDirectories(home.resolve(name).parent)
        Files.writeString(home.resolve(name), text)
    }

    private Path object(String content) {
        def digest = MessageDigest.getInstance('SHA-256').digest(content.bytes).encodeHex().toString()
        folder.resolve("state/backups/objects/${digest[0..1]}/${digest[2..-1]}")
    }

    def "a removed folder comes back but for #what, which is named: restore #words"() {
        given:
        write('t/a', 'first')
        write('t/b/c', 'second')
        ['mkfifo', "$home/t/b/pipe"].execute().waitFor()
        assert apply("directory('HOME/t') { ensure 'absent'; force true }") == 0
        if (what == 'a lost content') {
            Files.delete(object('first'))
        }

        expect:
        restore(words) == 4
        err.contains("$home/t/b/pipe was neither a file nor a folder nor a link")
        Files.readString(home.resolve('t/b/c')) == 'second'
        Files.exists(home.resolve('t/a')) == (what == 'a pipe')
        err.contains('is missing') == (what == 'a lost content')

        where:
        what             | words
        'a pipe'         | 'last'
        'a pipe'         | 'HOME/t'
        'a lost content' | 'last'
        'a lost content' | 'HOME/t'
    }

    def "a line of #file that a crash has cut inside of a letter is left out"() {
        given:
        write('a', 'old')
        assert apply("file('HOME/a') { content 'new' }") == 0
        def torn = Files.walk(folder.resolve('state')).withCloseable { all -> all.filter { it.toString().contains(file) && Files.isRegularFile(it) }.findFirst().get() }
        Files.write(torn, '{"path":"/grü'.getBytes(StandardCharsets.UTF_8)[0..-2] as byte[], StandardOpenOption.APPEND)

        expect:
        restore() == 0
        restore('HOME/a', '--list') == 0
        restore('last') == 0
        Files.readString(home.resolve('a')) == 'old'

        where:
        file << ['backups/index.jsonl', 'undo/']
    }

    def "a content that went by the limits is refused by name, and nothing is silently left out"() {
        given:
        write('a', 'old')
        write('b', 'other')
        assert apply("file('HOME/a') { content 'new' }; file('HOME/b') { content 'new' }") == 0
        def index = folder.resolve('state/backups/index.jsonl')
        Files.write(index, Files.readAllLines(index).findAll { !it.contains("$home/a") })

        expect:
        restore('last') == 4
        err.contains("$home/a: What was there is no longer in the backups.")
        Files.readString(home.resolve('a')) == 'new'
        Files.readString(home.resolve('b')) == 'other'
    }

    def "an empty name is no run, even where there is only one"() {
        given:
        assert apply("file('HOME/a') { content 'new' }") == 0

        expect:
        restore('') == 1
        err.contains('No run "" has changed anything')
        Files.exists(home.resolve('a'))
    }

    def "a path is known by each of its names"() {
        given:
        write('real/a', 'old')
        Files.createSymbolicLink(home.resolve('link'), Path.of('real'))
        assert apply("file('HOME/$written/a') { content 'new' }") == 0

        expect:
        restore("HOME/$asked/a") == 0
        Files.readString(home.resolve('real/a')) == 'old'
        Files.isSymbolicLink(home.resolve('link'))

        where:
        written | asked
        'real'  | 'link'
        'link'  | 'real'
    }

    def "two changes of one file that go on at once are both taken back, whichever was first"() {
        given:
        write('f', 'a\n')
        assert apply("line('HOME/f', 'b') {}; line('HOME/f', 'c') { requires line['HOME/f:b'] }") == 0
        def undo = Files.list(folder.resolve('state/undo')).withCloseable { it.findFirst().get() }
        def lines = Files.readAllLines(undo)
        def begun = lines.findAll { it.contains('"change"') }
        def ended = lines.findAll { it.contains('"ended"') }
        Files.write(undo, [begun[1], begun[0]] + ended)

        expect:
        restore('last') == 0
        Files.readString(home.resolve('f')) == 'a\n'
    }

    def "a killed run's path is brought back although another change of it had told how it was"() {
        given:
        write('f', 'a\n')
        assert apply("line('HOME/f', 'b') {}; line('HOME/f', 'c') { requires line['HOME/f:b'] }") == 0
        def undo = Files.list(folder.resolve('state/undo')).withCloseable { it.findFirst().get() }
        Files.write(undo, Files.readAllLines(undo).dropRight(1))

        expect:
        restore('last') == 0
        Files.readString(home.resolve('f')) == 'a\n'
    }

    def "a restore that was killed in the middle of a folder goes on where it was; what others have put there stays"() {
        given:
        ['a', 'b', 'c/d'].each { write("t/$it", it) }
        assert apply("directory('HOME/t') { ensure 'absent'; force true }") == 0
        write('t/a', 'a')
        theirs.each { name, text -> write(name, text) }

        expect:
        restore('last') == exit
        Files.readString(home.resolve('t/b')) == b
        Files.readString(home.resolve('t/c/d')) == 'c/d'

        where:
        theirs             || exit | b
        [:]                || 0    | 'b'
        ['t/b': 'by hand'] || 6    | 'by hand'
    }

    def "a restore waits for another run to end, and looks at what that one has left"() {
        given:
        write('a', 'old')
        assert apply("file('HOME/a') { content 'new' }") == 0
        def state = new StateDirectory(folder.resolve('state'))
        def other = RunLock.acquire(state, Run.begin('here'), 'other').value().get()

        expect:
        restore('last') == 1
        restore('--wait', '10ms', 'last') == 1

        when:
        def ending = Thread.start {
            write('a', 'by hand')
            other.close()
        }
        int exit = restore('--wait', '30s', 'last')
        ending.join()

        then:
        exit == 4
        Files.readString(home.resolve('a')) == 'by hand'
    }
}
