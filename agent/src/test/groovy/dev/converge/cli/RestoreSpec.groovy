package dev.converge.cli

import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import spock.lang.Requires
import spock.lang.Timeout
import tools.jackson.databind.json.JsonMapper

/** What a run has replaced comes back, in a run of its own. */
@Timeout(120)
class RestoreSpec extends RestoreSpecification {
    /** Everything that an undo promises: kinds, owners, modes, contents, targets. */
    private Map<String, String> state() {
        Files.walk(home).withCloseable { paths ->
            paths.sorted().toList().collectEntries { path ->
                def seen = Files.readAttributes(path, 'unix:mode,uid,gid', java.nio.file.LinkOption.NOFOLLOW_LINKS)
                def what = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) as String
                    : Files.isDirectory(path) ? 'dir' : Files.readAllBytes(path).encodeBase64() as String
                [home.relativize(path) as String, "${Integer.toOctalString(seen.mode)} $seen.uid:$seen.gid $what" as String]
            }
        }
    }

    def "a file comes back as it was before the last run, and a second restore takes that back"() {
        given:
        Files.writeString(at('motd'), 'by hand\n')
        apply("file('HOME/motd') { content 'by converge\\n'; mode '0600' }")

        when:
        int dry = restore('--dry-run', at('motd') as String)

        then:
        dry == 2
        Files.readString(at('motd')) == 'by converge\n'

        when:
        int live = restore(at('motd') as String)

        then:
        live == 0
        Files.readString(at('motd')) == 'by hand\n'
        restore(at('motd') as String) == 0
        Files.readString(at('motd')) == 'by converge\n'
    }

    def "a whole run is taken back, and that too: #what"() {
        given:
        prepare.call(home)
        def before = state()
        assert apply(manifest) == 0
        def after = state()
        assert before != after

        when:
        int dry = restore('--dry-run', 'last')

        then:
        dry == 2
        state() == after

        when:
        int live = restore('last')

        then:
        live == 0
        state() == before

        when:
        int again = restore('last')

        then:
        again == 0
        state() == after

        where:
        what << CASES.keySet()
        prepare = CASES[what][0]
        manifest = CASES[what][1]
    }

    static final Map<String, List> CASES = [
        'a new file': [{ Path h -> }, "file('HOME/new') { content 'x' }"],
        'a file with a name in UTF-8': [{ Path h -> write(h, 'grün/日本', 'alt') }, "file('HOME/grün/日本') { content 'neu' }"],
        'content alone': [{ Path h -> write(h, 'a', 'old', 'rwxr-x---') }, "file('HOME/a') { content 'new' }"],
        'mode alone': [{ Path h -> write(h, 'a', 'old', 'rwxr-x---') }, "file('HOME/a') { mode '0600' }"],
        'bytes that are no text': [
            { Path h -> Files.write(h.resolve('a'), [0, 255, 10, 13, 200] as byte[]) },
            "file('HOME/a') { content 'new' }"],
        'a large file': [
            { Path h -> Files.write(h.resolve('a'), new byte[3 << 20].tap { new Random(1).nextBytes(it) }) },
            "file('HOME/a') { content 'new' }"],
        'a removed file': [{ Path h -> write(h, 'a', 'old', 'r--r-----') }, "file('HOME/a') { ensure 'absent' }"],
        'a file in the place of a link': [
            { Path h -> Files.createSymbolicLink(h.resolve('a'), Path.of('nowhere')) },
            "file('HOME/a') { content 'x'; links 'replace' }"],
        'a new link': [{ Path h -> }, "link('HOME/l') { target 'x' }"],
        'a link that leads elsewhere': [
            { Path h -> Files.createSymbolicLink(h.resolve('l'), Path.of('one')) }, "link('HOME/l') { target 'two' }"],
        'a link in the place of a file': [{ Path h -> write(h, 'l', 'file') }, "link('HOME/l') { target 'two'; force true }"],
        'a removed link': [
            { Path h -> Files.createSymbolicLink(h.resolve('l'), Path.of('one')) }, "link('HOME/l') { ensure 'absent' }"],
        'new directories with a file in them': [
            { Path h -> }, "directory('HOME/d') {}; directory('HOME/d/e') { mode '0700' }; file('HOME/d/e/f') { content 'x' }"],
        'a directory with parents': [{ Path h -> Files.createDirectory(h.resolve('p')) }, "directory('HOME/p/d') { mode '0750' }"],
        'a directory with parents that were not there': [{ Path h -> }, "directory('HOME/p/q/d') { parents true }"],
        'the mode of a directory': [{ Path h -> Files.createDirectory(h.resolve('d')) }, "directory('HOME/d') { mode '0700' }"],
        'a removed tree': [
            { Path h ->
                write(h, 't/a', 'a', 'rw-------')
                write(h, 't/b/c', 'c')
                Files.createDirectories(h.resolve('t/empty'))
                Files.createSymbolicLink(h.resolve('t/b/l'), Path.of('../a'))
            },
            "directory('HOME/t') { ensure 'absent'; force true }"],
        'a copied tree': [
            { Path h -> write(h, 'src/x', 'x'); write(h, 'src/y/z', 'z') }, "directory('HOME/t') { source 'HOME/src' }"],
        'a tree that is copied over another': [
            { Path h -> write(h, 'src/x', 'x'); write(h, 'src/y/z', 'z'); write(h, 't/x', 'older'); write(h, 't/own', 'o') },
            "directory('HOME/t') { source 'HOME/src'; purge true }"],
        'lines of one file': [
            { Path h -> write(h, 'f', 'a\nb\nc') },
            "line('HOME/f', 'd') {}; line('HOME/f', 'A') { match '(?i)^a'  }; line('HOME/f', 'b') { ensure 'absent' }"],
        'a file of lines': [{ Path h -> }, "line('HOME/f', 'd') { create true }; line('HOME/f', 'e') { requires line['HOME/f:d'] }"],
        'a block': [{ Path h -> write(h, 'f', 'a\n') }, "block('HOME/f', 'b') { content 'x\\ny' }"],
        'a setting': [{ Path h -> write(h, 'f.ini', '[s]\nk = v\n') }, "iniSetting('HOME/f.ini', 's', 'k') { value 'w' }"],
        'what tidy has removed': [
            { Path h -> write(h, 'tmp/a.log', 'a'); write(h, 'tmp/b.txt', 'b') }, "tidy('HOME/tmp') { matches '*.log'; backup true }"],
        'folders that tidy has emptied': [
            { Path h -> write(h, 'tmp/old/a', 'a'); write(h, 'tmp/old/deep/b', 'b', 'rw-------') },
            "tidy('HOME/tmp') { matches '*'; recurse true; directories true; backup true }"],
        'many at once': [
            { Path h -> write(h, 'a', 'old'); write(h, 'b', 'gone'); write(h, 'f', 'line\n') },
            """
                file('HOME/a') { content 'new'; mode '0640' }
                file('HOME/b') { ensure 'absent' }
                link('HOME/c') { target 'a' }
                directory('HOME/d') {}
                file('HOME/d/e') { content 'e' }
                line('HOME/f', 'two') {}
            """],
    ]

    def "a line is taken out again where others have changed the file since"() {
        given:
        Files.writeString(at('f'), 'a\n')
        apply("line('HOME/f', 'b') {}")
        Files.writeString(at('f'), 'a\nb\nby hand\n')

        expect:
        restore('last') == 0
        Files.readString(at('f')) == 'a\nby hand\n'
    }

    def "a block gets the content back that it had where others have changed the file since"() {
        given:
        Files.writeString(at('f'), 'a\n')
        apply("block('HOME/f', 'b') { content 'old' }")
        apply("block('HOME/f', 'b') { content 'new' }")
        Files.writeString(at('f'), 'by hand\n' + Files.readString(at('f')))

        expect:
        (restore('last') ? out + err : '') == ''
        Files.readString(at('f')).readLines().findAll { !it.startsWith('#') } == ['by hand', 'a', 'old']
    }

    def "a run that was killed before it could tell how it left things is taken back"() {
        given:
        Files.writeString(at('a'), 'a')
        apply("file('HOME/a') { content 'A' }; file('HOME/b') { content 'B' }")
        def log = folder.resolve("state/undo/${lastRun()}.jsonl")
        Files.write(log, Files.readAllLines(log).findAll { !it.contains('"ended"') } + ['{"change":"file[/cut'])

        expect:
        restore('last') == 0
        Files.readString(at('a')) == 'a'
        !Files.exists(at('b'))
    }

    def "what was kept for an undo can be read by its owner alone, and a run in sync keeps nothing"() {
        given:
        apply("file('HOME/a') { content 'A' }")
        apply("file('HOME/a') { content 'A' }")

        expect:
        Files.list(folder.resolve('state/undo')).withCloseable { it.toList() }
            .collect { java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(it)) } == ['rw-------']
    }

    @Requires({ ThisProcess.isRoot() })
    def "accounts get their own attributes back, and nobody else's change is lost"() {
        given:
        def name = "cvg-undo-${ProcessHandle.current().pid()}" as String
        assert apply("group('$name-g') {}; user('$name') { comment 'Before'; shell '/bin/sh'; groups '$name-g' }") == 0
        def before = account(name)

        when:
        assert apply("user('$name') { comment 'After'; shell '/bin/false'; locked true; password '*' }; group('$name-h') { members '$name' }") == 0
        def after = account(name)
        assert before != after
        assert (restore('last') ? out + err : '') == ''

        then:
        account(name) == before

        when:
        assert apply("user('$name') { ensure 'absent' }") == 0
        assert account(name) == []
        assert (restore('last') ? out + err : '') == ''

        then:
        account(name) == before

        cleanup:
        ['userdel', 'groupdel'].each { tool -> [name, "$name-g", "$name-h"].each { [tool, it as String].execute().waitFor() } }
    }

    /** The account's lines, without the day on which its password was last changed. */
    private static List<String> account(String name) {
        ['/etc/passwd', '/etc/shadow', '/etc/group'].collectMany { file ->
            Files.readAllLines(Path.of(file)).findAll { it.startsWith("$name:") || it =~ "[:,]$name(,|\$)" }
                .collect { file.endsWith('shadow') ? it.split(':').toList().tap { fields -> fields[2] = '' }.join(':') : it }
        }
    }

    def "a removed folder gives one of its files back, and then the rest"() {
        given:
        write(home, 't/b/c', 'c')
        write(home, 't/a', 'a')
        apply("directory('HOME/t') { ensure 'absent'; force true }")
        Files.createDirectories(at('t/b'))

        expect:
        restore(at('t/b/c') as String) == 0
        Files.readString(at('t/b/c')) == 'c'
        !Files.exists(at('t/a'))
        restore(at('t') as String) == 0
        Files.readString(at('t/a')) == 'a'
    }

    def "without arguments, the runs are named; with --list, the versions of a path"() {
        given:
        Files.writeString(at('a'), '0')
        apply("file('HOME/a') { content '1' }")
        apply("file('HOME/a') { content '2' }; exec('true') {}")

        expect:
        restore() == 0
        out.readLines().size() == 2
        out.readLines()[0] ==~ /\S+   \d{4}-\d\d-\d\d \d\d:\d\d:\d\d   2 changes, 1 of which cannot be taken back   converge .*site/
        restore('last', '--force') == 0
        restore() == 0
        out.readLines()[0].endsWith(' restore --state-dir ' + folder.resolve('state') + ' --force last')
        restore('--output', 'json') == 0
        JsonMapper.shared().readValue(out, List)[0].command.startsWith('converge restore ')
        Instant.parse(JsonMapper.shared().readValue(out, List)[0].started).isBefore(Instant.now())
        restore(at('a') as String, '--list') == 0
        out.readLines().size() == 3
        out.readLines().every { it.contains('file 0644 ') }
    }

    def "a path that a run made is removed by restoring it to before that run"() {
        given:
        apply("file('HOME/a') { content '1' }")

        expect:
        restore(at('a') as String, '--run', 'last') == 0
        !Files.exists(at('a'))
    }

    def "a secret is never shown, whatever file it was in"() {
        given:
        write(home, 'private', 'hunter2-old', 'rw-------')
        apply("file('HOME/private') { content 'hunter2-new'; showDiff false }")

        when:
        restore('--dry-run', 'last')

        then:
        !(out + err).contains('hunter2')

        when:
        restore('--output', 'json', at('private') as String)

        then:
        !(out + err).contains('hunter2')
        Files.readString(at('private')) == 'hunter2-old'
    }
}
