package dev.converge.source

import dev.converge.diagnostic.Code
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires

/** What is fetched is what was pushed. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
class GitSourceSpec extends GitSourceSpecification {
    def "whoever only looks sees the commit in force beside whoever has the source, and leaves nothing behind"() {
        given:
        def settings = Sources.settings([:], "file://$origin.folder")
        origin.commit('site.groovy': 'file("/a")\n')

        expect:
        SiteSource.seen(settings, state).empty
        state.toFile().list().length == 0

        when:
        def copy = follow()
        def before = everything()
        def seen = open().withCloseable { SiteSource.seen(settings, state) }

        then:
        seen.get() == copy
        everything() == before

        when:
        Files.writeString(copy.folder().resolve('site.groovy'), 'file("/b")\n')

        then:
        SiteSource.seen(settings, state).empty
        Files.readString(copy.folder().resolve('site.groovy')) == 'file("/b")\n'
    }

    private Map<String, Object> everything() {
        Files.walk(state).withCloseable { all -> all.toList().collectEntries { [(it.toString()): Files.getLastModifiedTime(it)] } }
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
