package dev.converge.git

import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** What is only in a checkout (edits, files of one's own, commits, stashes) is never lost. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutEditsSpec extends ResourceSpecification<GitCheckoutResource> implements GitCheckouts {
    @TempDir
    Path folder

    def "what somebody edited is left alone, and in the way of an update"() {
        given:
        converge(app([revision: 'v1']))
        Files.writeString(place.resolve('readme'), 'edited')

        expect:
        difference(app([revision: 'v1'])).empty

        when:
        converge(app([revision: 'v2']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('readme')
        failure.advice().get().contains('force')
        readme() == 'edited'

        when:
        converge(app([revision: 'v2', force: true]))

        then:
        readme() == 'version 2\n'
        kept == [place, place.resolve('readme')]
    }

    def "with force an edit is a drift that is taken back, and kept"() {
        given:
        converge(app([revision: 'v1', force: true]))
        Files.writeString(place.resolve('readme'), 'edited')

        when:
        def change = converge(app([revision: 'v1', force: true])).get()

        then:
        change.attributes().first().before().get().toString().contains('edited: readme')
        readme() == 'version 1\n'
        kept == [place, place.resolve('readme')]
    }

    def "a file that Git does not know is not overwritten by one of the revision"() {
        given:
        converge(app([revision: 'v1']))
        Files.createDirectory(place.resolve('docs'))
        Files.writeString(place.resolve('docs/new'), 'mine')

        when:
        converge(app([revision: 'v2']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('docs/new')
        Files.readString(place.resolve('docs/new')) == 'mine'
        readme() == 'version 1\n'
        difference(app([revision: 'v1'])).empty
    }

    def "commits that are nowhere else are not lost"() {
        given:
        converge(app([revision: 'main']))
        ['sh', '-c', "cd $place && echo x >x && git -c safe.directory=* add x && git -c safe.directory=* -c user.name=t -c user.email=t@x commit -qm mine"].execute().waitFor()

        when:
        converge(app([revision: 'v1']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('nowhere else')
    }

    def "commits of the branch that it would move are not lost, whatever is checked out"() {
        given:
        converge(app([revision: 'stable']))
        inPlace('git checkout -q -b main origin/main && git commit -q --allow-empty -m mine && git checkout -q stable')

        when:
        converge(app([revision: 'main']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('nowhere else')
    }

    def "removing it keeps what exists nowhere else: #own"() {
        given:
        converge(app([:]))
        Files.writeString(place.resolve(own), 'mine')

        when:
        converge(app([:]), Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(own)

        when:
        converge(app([force: true]), Ensure.ABSENT)

        then:
        !Files.exists(place)
        kept == [place, place.resolve(own)]

        where:
        own << ['readme', 'upload']
    }

    def "removing it keeps commits of other branches, stashes and ignored files: #what"() {
        given:
        commit('ignore', ['.gitignore': 'data\n'])
        converge(app([revision: 'main']))
        inPlace(what)

        when:
        converge(app([revision: 'main']), Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(named)
        Files.exists(place)

        where:
        what                                                                              || named
        'git checkout -q -b mine && git commit -q --allow-empty -m mine && git checkout -q main' || 'nowhere else'
        'echo edited >readme && git stash -q'                                             || 'nowhere else'
        'echo 1 >data'                                                                    || 'data'
        'mkdir data && echo 1 >data/base'                                                 || 'data'
    }

    def "an update is taken back to the commit that was checked out, and edits with it"() {
        given:
        converge(app([revision: 'v1']))
        Files.writeString(place.resolve('readme'), 'edited\n')

        expect:
        undone(app([revision: 'v2', force: true]))
        readme() == 'edited\n'
        !Files.exists(place.resolve('docs/new'))
    }

    def "a checkout that was removed comes back at its commit, with what only it had"() {
        given:
        converge(app([revision: 'main']))
        Files.writeString(place.resolve('readme'), 'edited\n')
        Files.writeString(place.resolve('own'), 'mine\n')
        commit('three', [readme: 'version 3\n'])

        expect:
        undone(app([revision: 'main', force: true]), Ensure.ABSENT)
        readme() == 'edited\n'
        Files.readString(place.resolve('own')) == 'mine\n'
        Files.readString(place.resolve('docs/new')) == 'new\n'
    }
}
