package dev.converge.cli

import dev.converge.filesystem.NewFile
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Timeout

/** What a manifest owes is paid by that manifest, however many others are converged in between. */
@Timeout(60)
class OwedSpec extends CliSpecification {
    static final String OWING = '''
        def conf = file('HOME/conf') { content 'new' }
        exec('reload') { command 'sh', '-c', 'test -e HOME/up && echo again >> HOME/reloaded'; refreshOnly true; subscribes conf }
    '''

    private String site(String name, String manifest) {
        Path site = Files.createDirectories(folder.resolve(name))
        Files.writeString(site.resolve('site.groovy'), manifest.replace('HOME', folder as String))
        site
    }

    private List<Path> open() {
        Files.newDirectoryStream(folder.resolve('state/journal'), '*.jsonl').withCloseable { it.toList() }
    }

    def "runs of another manifest, with changes and without, leave a refresh to the one that owes it"() {
        given:
        def one = site('one', OWING)
        def other = site('other', "file('HOME/done') { content 'x' }")
        assert run(one) == 6

        when:
        def exits = (1..3).collect { run(other) }

        then:
        exits == [0, 0, 0]
        !err.contains('not declared any more')

        when:
        Files.writeString(folder.resolve('up'), '')

        then:
        run(one) == 0
        Files.readString(folder.resolve('reloaded')) == 'again\n'
        open() == []
    }

    def "a tree that was copied in part refreshes what it notifies once a later run #how"() {
        given:
        Path source = Files.createDirectories(folder.resolve('tree'))
        Path copy = Files.createDirectory(folder.resolve('copy'))
        Files.writeString(source.resolve('a'), 'a')
        Files.writeString(source.resolve('z'), 'z')
        Path inTheWay = Files.createDirectories(NewFile.candidateFor(copy.resolve('z')).resolve('full')).parent
        def manifest = site('one', '''
            def tree = directory('HOME/copy') { source 'HOME/tree' }
            exec('reload') { command 'sh', '-c', 'echo again >> HOME/reloaded'; refreshOnly true; subscribes tree }
        ''')

        expect:
        run(manifest) == 4
        Files.exists(copy.resolve('a'))
        !Files.exists(copy.resolve('z'))

        when:
        inTheWay.toFile().deleteDir()
        if (byHand) {
            Files.writeString(copy.resolve('z'), 'z')
        }

        then:
        run(manifest) == 0
        Files.readString(folder.resolve('reloaded')) == 'again\n'
        run(manifest) == 0
        Files.readString(folder.resolve('reloaded')) == 'again\n'
        open() == []

        where:
        how                | byHand
        'finds it in sync' | true
        'copies the rest'  | false
    }

    def "a file that its validation refuses owes no refresh"() {
        given:
        Files.writeString(folder.resolve('conf'), 'old')
        def text = '''
            def conf = file('HOME/conf') { content 'new'; validate 'grep fine %' }
            exec('reload') { command 'sh', '-c', 'echo again >> HOME/reloaded'; refreshOnly true; subscribes conf }
        '''
        assert run(site('one', text)) == 4

        when:
        def again = run(site('one', text.replace("content 'new'", "content 'old'")))

        then:
        again == 0
        !Files.exists(folder.resolve('reloaded'))
    }

    def "what a killed run was keeping goes with the next run, although that finds all in sync"() {
        given:
        def one = site('one', "file('HOME/done') { content 'x' }")
        assert run(one) == 0
        Path ended = folder.resolve('state/journal/ended').toFile().listFiles()[0].toPath()
        Files.write(folder.resolve('state/journal').resolve(ended.fileName), Files.readAllLines(ended).findAll { !it.contains('"ended"') })
        Path half = Files.createDirectories(folder.resolve('state/backups/objects')).resolve('.4711-1.new')
        Files.writeString(half, 'half')

        when:
        run(one, '--dry-run')

        then: 'a dry run writes nothing'
        Files.exists(half)

        when:
        run(one)

        then:
        err.contains('An earlier run was killed')
        !Files.exists(half)
    }

    def "a killed run is told once, and what another manifest owes is not said to be made up for"() {
        given:
        def one = site('one', OWING)
        def other = site('other', "file('HOME/done') { content 'x' }")
        assert run(other) == 0
        assert run(one) == 6
        Files.write(open()[0], Files.readAllLines(open()[0]).findAll { !it.contains('"ended"') && !it.contains('"failed"') })

        when:
        run(other)

        then:
        err.contains('An earlier run was killed')
        err.contains('It owes exec[reload] a refresh, which is left to it')
        !err.contains('This run refreshes')

        when:
        run(other)

        then:
        err == ''

        when:
        Files.writeString(folder.resolve('up'), '')

        then:
        run(one) == 0
        Files.readString(folder.resolve('reloaded')) == 'again\n'
    }

    def "what the same manifest does not declare any more is let go, with a warning, also after another one's run"() {
        given:
        def one = site('one', OWING)
        assert run(one) == 6
        assert run(site('other', "file('HOME/done') { content 'x' }")) == 0
        site('one', '')

        when:
        run(one)

        then:
        err.contains('exec[reload] should have been refreshed by an earlier run, and is not declared any more.')
        open() == []
    }

    def "what a site owes is known by the site: a run #how lets go what is not declared any more"() {
        given:
        def one = site('one', OWING)
        assert run(one) == 6
        Files.createSymbolicLink(folder.resolve('link'), Path.of(one))
        site('one', '')

        when:
        run("$folder/$named", *options)

        then:
        err.contains('exec[reload] should have been refreshed by an earlier run, and is not declared any more.')

        where:
        how                  | named        | options
        'with other options' | 'one'        | ['--jobs', '1']
        'through a link'     | 'link'       | []
        'by another path'    | 'one/../one' | []
        'that is dry'        | 'one'        | ['--dry-run']
    }
}
