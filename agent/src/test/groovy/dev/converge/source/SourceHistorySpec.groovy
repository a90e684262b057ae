package dev.converge.source

import dev.converge.diagnostic.Code
import spock.lang.Requires

/** The history goes forward: what comes after the good commit is taken, and nothing else. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
class SourceHistorySpec extends GitSourceSpecification {
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
}
