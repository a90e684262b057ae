package dev.converge.source

import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What is fetched is what was pushed, and it stays there when the repository goes. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitSourceSpec extends Specification {
    @TempDir
    Path folder
    GitRepository origin
    Path state

    def setup() {
        origin = new GitRepository(folder.resolve('site'))
        state = Files.createDirectory(folder.resolve('state'))
    }

    private SiteSource open(Map<String, Object> given = [:]) {
        SiteSource.open(Sources.settings(given, "file://$origin.folder"), state)
    }

    private SiteCopy follow(Map<String, Object> given = [:]) {
        open(given).withCloseable { SiteSource source ->
            def fetched = source.fetch()
            assert fetched instanceof Fetched.Newest : fetched
            source.accept(fetched.copy())
            fetched.copy()
        }
    }

    private Fetched fetch(Map<String, Object> given = [:]) {
        open(given).withCloseable { it.fetch() }
    }

    def "the newest commit of a branch is there as files, with programs and links as they are"() {
        given:
        Files.createDirectories(origin.folder.resolve('files'))
        Files.createSymbolicLink(origin.folder.resolve('files/link'), Path.of('../site.groovy'))
        def commit = origin.commit('site.groovy': 'file("/a")\n', 'bin/run': '#!/bin/sh\n')

        when:
        def copy = follow()

        then:
        copy.commit() == commit
        copy.signer().empty
        Files.readString(copy.folder().resolve('site.groovy')) == 'file("/a")\n'
        Files.isExecutable(copy.folder().resolve('bin/run'))
        !Files.isExecutable(copy.folder().resolve('site.groovy'))
        Files.readString(copy.folder().resolve('files/link')) == 'file("/a")\n'
        !Files.exists(copy.folder().resolve('.git'))
        fetch() == new Fetched.Same(copy)
    }

    def "each commit is brought in turn, also one that brings back what an early one had"() {
        given:
        origin.commit('a.groovy': 'one\n', 'big': 'x' * 100_000)
        origin.commit('a.groovy': 'two\n', 'big': 'y' * 100_000)
        follow()

        expect:
        5.times { i ->
            def commit = origin.commit('a.groovy': i % 2 ? 'one\n' : "$i\n", 'big': (i % 2 ? 'x' : 'z') * 100_000)
            def copy = follow()
            assert copy.commit() == commit
            assert Files.readString(copy.folder().resolve('a.groovy')) == (i % 2 ? 'one\n' : "$i\n")
        }
        state.resolve('source/sites').toFile().list().length == 1
    }

    def "of a first fetch only the newest commit comes, later all that is between"() {
        given:
        3.times { origin.commit('a.groovy': "$it\n") }
        follow()
        def first = commits()
        3.times { origin.commit('a.groovy': "more $it\n") }
        follow()

        expect:
        first == 1
        commits() == 4
    }

    private int commits() {
        def mirror = state.resolve('source/work-1/site.git')
        "git -c safe.directory=* -C $mirror rev-list --count refs/converge/good".execute().text.trim() as int
    }

    def "a commit that merges what was begun before the good one comes after it"() {
        given:
        origin.commit('a.groovy': 'one\n')
        origin.git('checkout', '-q', '-b', 'side')
        origin.commit('side.groovy': 'side\n')
        origin.git('checkout', '-q', 'main')
        origin.commit('a.groovy': 'two\n')
        follow()
        origin.git('merge', '-q', '--no-ff', '-m', 'merge', 'side')

        expect:
        follow().commit() == origin.head()
    }

    def "#what can be followed"() {
        given:
        def first = origin.commit('a.groovy': 'one\n')
        origin.git('tag', '-a', 'v1', '-m', 'version 1')
        origin.git('tag', 'light')
        origin.git('branch', 'v2')
        origin.commit('a.groovy': 'two\n')

        expect:
        follow(ref: ref == 'COMMIT' ? first : ref).commit() == (ref in ['HEAD', 'refs/heads/main'] ? origin.head() : first)

        where:
        what                    | ref
        'a branch'              | 'v2'
        'a branch by its name'  | 'refs/heads/main'
        'an annotated tag'      | 'v1'
        'a tag'                 | 'light'
        'a tag by its name'     | 'refs/tags/light'
        'a commit'              | 'COMMIT'
        'the default branch'    | 'HEAD'
    }

    def "of a site in a folder of the repository only that is written"() {
        given:
        origin.commit('sites/web/site.groovy': 'web\n', 'sites/db/site.groovy': 'db\n')

        expect:
        def copy = follow(path: 'sites/web')
        copy.folder().toFile().list() as List == ['site.groovy']
        fetch(path: 'sites/web') instanceof Fetched.Same
        fetch(path: 'sites/none') instanceof Fetched.Refused
    }

    def "a branch that does not exist is told of, with what there is"() {
        given:
        origin.commit('a.groovy': 'one\n')

        when:
        def fetched = fetch(ref: 'mian')

        then:
        fetched.why().code() == Code.SOURCE
        fetched.why().suggestion().get().contains('main')
    }

    def "a history without the good commit is refused: #what"() {
        given:
        origin.commit('a.groovy': 'one\n')
        origin.commit('a.groovy': 'two\n')
        def good = follow()
        rewrite.call(origin)

        when:
        def refused = fetch()

        then:
        refused instanceof Fetched.Refused
        refused.commit() == origin.head()
        refused.why().code() == Code.UNTRUSTED
        refused.why().detail().contains(good.commit())
        refused.why().suggestion().get().contains('allowRewind')
        open().withCloseable { it.inForce().get() } == good

        and: 'unless that is allowed'
        follow(allowRewind: true).commit() == origin.head()

        where:
        what              | rewrite
        'rewound'         | { it.git('reset', '-q', '--hard', 'HEAD^') }
        'amended'         | { it.git('commit', '-q', '--amend', '-m', 'other') }
        'another history' | { it.git('checkout', '-q', '--orphan', 'new'); it.commit([:]); it.git('branch', '-q', '-M', 'new', 'main') }
    }

    def "that is also seen when what was fetched is lost"() {
        given:
        100.times { origin.git('commit', '-q', '--allow-empty', '-m', "$it") }
        origin.commit('a.groovy': 'two\n')
        follow()
        state.resolve('source/work-1').toFile().deleteDir()
        more.times { origin.git('commit', '-q', '--allow-empty', '-m', "$it") }

        expect:
        follow().commit() == origin.head()

        when:
        state.resolve('source/work-1').toFile().deleteDir()
        origin.git('commit', '-q', '--amend', '--allow-empty', '-m', 'other')

        then:
        fetch() instanceof Fetched.Refused

        where:
        more << [3, 70]
    }

    def "a commit that was never good does not hold up what comes instead of it"() {
        given:
        origin.commit('a.groovy': 'one\n')
        follow()
        origin.commit('a.groovy': 'broken\n')
        assert fetch() instanceof Fetched.Newest
        origin.git('reset', '-q', '--hard', 'HEAD^')

        expect:
        fetch() instanceof Fetched.Same
        origin.commit('a.groovy': 'right\n') == follow().commit()
    }

    def "the last good commit is there without the repository"() {
        given:
        origin.commit('a.groovy': 'one\n')
        def copy = follow()
        origin.folder.toFile().renameTo(folder.resolve('away').toFile())

        expect:
        fetch() instanceof Fetched.Unreachable
        open().withCloseable { it.inForce().get() } == copy
    }

    def "files that #what are made anew, also without the repository"() {
        given:
        origin.commit('a.groovy': 'one\n', 'bin/run': 'run\n', 'lib/b': 'b\n')
        def copy = follow()
        change.call(copy.folder())
        origin.folder.toFile().renameTo(folder.resolve('away').toFile())

        expect:
        open().withCloseable { it.inForce().get() } == copy
        Files.readString(copy.folder().resolve('a.groovy')) == 'one\n'
        !Files.exists(copy.folder().resolve('more'))
        Files.isExecutable(copy.folder().resolve('bin/run'))

        where:
        what               | change
        'were changed'     | { Files.writeString(it.resolve('a.groovy'), 'two\n') }
        'were removed'     | { Files.delete(it.resolve('a.groovy')) }
        'were added'       | { Files.writeString(it.resolve('more'), '') }
        'lost their mode'  | { it.resolve('bin/run').toFile().executable = false }
        'are all gone'     | { it.toFile().deleteDir() }
    }

    def "modules that were installed into it do not count as changes"() {
        given:
        origin.commit('a.groovy': 'one\n')
        def copy = follow()
        Files.createDirectories(copy.folder().resolve('.converge/modules/x'))
        Files.writeString(copy.folder().resolve('.converge/modules/x/y'), '')

        expect:
        fetch() instanceof Fetched.Same
        Files.exists(copy.folder().resolve('.converge/modules/x/y'))
    }

    def "what is written down of the good commit may be damaged: #what"() {
        given:
        origin.commit('a.groovy': 'one\n')
        follow()
        def kept = state.resolve('source/in-force')
        Files.write(kept, damage.call(Files.readString(kept)))

        expect:
        open().withCloseable { it.inForce() }.empty
        follow().commit() == origin.head()

        where:
        what               | damage
        'bytes of no text' | { 'converge-source 1\n\u00ff\u00fe\nend\n'.getBytes('ISO-8859-1') }
        'no tree'          | { it.replaceFirst(/(?m)^tree .*/, 'tree zzz').bytes }
        'no commit'        | { it.replaceFirst(/(?m)^commit .*/, 'commit ../..').bytes }
        'nothing'          | { new byte[0] }
    }

    def "a commit with #what is refused, and what is in force stays so"() {
        given:
        origin.commit('a.groovy': 'one\n')
        def good = follow()
        def script = "blob=\$(echo x | git hash-object -w --stdin); tree=\$(printf '100644 blob %s\\tf\\n' \$blob | git mktree); $tree" +
            '; git update-ref HEAD $(git commit-tree -p HEAD -m odd $tree)'
        def builder = new ProcessBuilder('sh', '-ec', script).directory(origin.folder.toFile()).redirectErrorStream(true)
        ['AUTHOR', 'COMMITTER'].each { builder.environment().putAll(("GIT_${it}_NAME" as String): 'Ada', ("GIT_${it}_EMAIL" as String): 'a@b') }
        def process = builder.start()
        assert process.waitFor() == 0 : process.inputStream.text

        when:
        def refused = fetch()

        then:
        refused instanceof Fetched.Refused
        refused.why().detail().contains(said)
        open().withCloseable { it.inForce().get() } == good

        where:
        what                     | said       | tree
        'a name that is there twice' | 'twice'    | 'tree=$(printf "100644 blob %s\\ta\\n040000 tree %s\\ta\\n" $blob $tree | git mktree)'
        'a name of 300 letters'  | 'too long' | 'tree=$(printf "040000 tree %s\\t%0300d\\n" $tree 1 | git mktree)'
        '600 folders in another' | 'too long' | 'for i in $(seq 600); do tree=$(printf "040000 tree %s\\td\\n" $tree | git mktree); done'
    }

    def "what was fetched is fetched again when it is damaged: #what"() {
        given:
        origin.commit('a.groovy': 'one\n' * 1000)
        follow()
        origin.commit('b.groovy': 'two\n')
        state.resolve('source/work-1/site.git').toFile().traverse(type: groovy.io.FileType.FILES) { File file ->
            if (file.path =~ named) {
                file.writable = true
                file.bytes = bytes.call(file.bytes)
            }
        }

        expect:
        def copy = follow()
        copy.commit() == origin.head()
        Files.readString(copy.folder().resolve('a.groovy')).startsWith('one')

        where:
        what           | named     | bytes
        'packs'        | /\.pack$/ | { byte[] all -> all[all.length.intdiv(2)] ^= 0x55; all }
        'cut packs'    | /\.pack$/ | { byte[] all -> Arrays.copyOf(all, all.length.intdiv(2)) }
        'indexes'      | /\.idx$/  | { new byte[0] }
        'shallow'      | /shallow$/| { 'nonsense\n'.bytes }
        'refs'         | /good$/   | { new byte[0] }
        'HEAD, config' | /(HEAD|config)$/ | { new byte[3] }
    }

    def "a link that leads out of the site is refused: #target"() {
        given:
        Files.createDirectories(origin.folder.resolve('deep/er'))
        Files.writeString(origin.folder.resolve('top'), '')
        Files.createSymbolicLink(origin.folder.resolve('deep/er/up'), Path.of('../..'))
        Files.createSymbolicLink(origin.folder.resolve('link'), Path.of(target))
        origin.commit('a.groovy': 'one\n')

        when:
        def refused = fetch()

        then:
        refused instanceof Fetched.Refused
        refused.why().detail().contains('link')

        where:
        target << ['/etc/passwd', '../x', 'deep/er/up/..', 'deep/../../x', 'link']
    }

    def "links inside it are let alone: #target"() {
        given:
        Files.createDirectories(origin.folder.resolve('deep/er'))
        Files.createSymbolicLink(origin.folder.resolve('link'), Path.of(target))
        origin.commit('a.groovy': 'one\n')

        expect:
        follow()
        fetch() instanceof Fetched.Same

        where:
        target << ['a.groovy', 'deep/../a.groovy', 'not-there', './a.groovy']
    }

    def "submodules are at the commits that the site names"() {
        given:
        def inner = new GitRepository(folder.resolve('inner'))
        inner.commit('i': 'inner\n')
        def part = new GitRepository(folder.resolve('part'))
        part.commit('p': 'part\n')
        part.git('submodule', 'add', '-q', '../inner', 'nested')
        def first = part.commit([:])
        origin.git('submodule', 'add', '-q', url.call(folder), 'lib/part')
        origin.commit('a.groovy': 'one\n')
        part.commit('p': 'later\n')

        when:
        def without = follow()
        def copy = open(submodules: true, ref: 'refs/heads/main').withCloseable { SiteSource source ->
            def fetched = source.fetch()
            source.accept(fetched.copy())
            fetched.copy()
        }

        then:
        copy.commit() == without.commit()
        Files.readString(copy.folder().resolve('lib/part/p')) == 'part\n'
        Files.readString(copy.folder().resolve('lib/part/nested/i')) == 'inner\n'
        fetch(submodules: true, ref: 'refs/heads/main') instanceof Fetched.Same

        when: 'a file of one is changed'
        Files.writeString(copy.folder().resolve('lib/part/nested/i'), 'changed\n')

        then: 'it is put back'
        fetch(submodules: true, ref: 'refs/heads/main') instanceof Fetched.Same
        Files.readString(copy.folder().resolve('lib/part/nested/i')) == 'inner\n'

        where:
        url << [{ '../part' }, { "file://$it/part" as String }]
    }

    def "a file that did not change is not written again"() {
        given:
        origin.commit('a.groovy': 'one\n', 'b.groovy': 'same\n')
        def before = Files.getAttribute(follow().folder().resolve('b.groovy'), 'unix:ino')
        origin.commit('a.groovy': 'two\n')

        expect:
        Files.getAttribute(follow().folder().resolve('b.groovy'), 'unix:ino') == before
    }

    def "one process at a time has it"() {
        given:
        def held = open()

        when:
        open()

        then:
        thrown(dev.converge.provider.ResourceFailure)

        cleanup:
        held.close()
    }
}
