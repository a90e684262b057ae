package dev.converge.source

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** A host that follows a repository for years keeps no more of it than it needs. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class SourceGrowthSpec extends Specification {
    @TempDir
    Path folder

    def "after many commits about as many files are there as after some, and a rewind is still noticed"() {
        given:
        def origin = new GitRepository(folder.resolve('site'))
        def state = Files.createDirectory(folder.resolve('state'))
        def counts = []

        when:
        SiteSource.open(Sources.settings([:], "file://$origin.folder"), state).withCloseable { source ->
            70.times {
                origin.commit('a.groovy': "$it\n")
                def fetched = source.fetch()
                assert fetched instanceof Fetched.Newest : fetched
                source.accept(fetched.copy())
                counts << files(state)
            }
        }
        origin.git('reset', '-q', '--hard', 'HEAD~1')
        def rewound = SiteSource.open(Sources.settings([:], "file://$origin.folder"), state).withCloseable { it.fetch() }

        then:
        counts.max() < 130
        rewound instanceof Fetched.Refused
        rewound.why().summary() == 'History rewritten'
    }

    def "of commits that are not taken only the newest stays beside the one in force"() {
        given:
        def origin = new GitRepository(folder.resolve('site'))
        def state = Files.createDirectory(folder.resolve('state'))
        def source = SiteSource.open(Sources.settings([:], "file://$origin.folder"), state)
        def good = origin.commit('a.groovy': 'good\n')
        source.accept(source.fetch().copy())

        when:
        def bad = (1..3).collect {
            def commit = origin.commit('a.groovy': "bad $it\n")
            assert source.fetch() instanceof Fetched.Newest
            commit
        }

        then:
        state.resolve('source/sites').toFile().list() as Set == [good, bad.last()] as Set
        source.inForce().get().commit() == good

        cleanup:
        source?.close()
    }

    private static int files(Path state) {
        Files.walk(state).withCloseable { all -> all.filter { Files.isRegularFile(it) }.count() as int }
    }
}
