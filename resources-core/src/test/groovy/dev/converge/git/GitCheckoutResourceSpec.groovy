package dev.converge.git

import dev.converge.ProviderContractSpec
import dev.converge.model.InvalidValueException
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Checkouts, and which revision they are at. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutResourceSpec extends ProviderContractSpec<GitCheckoutResource> implements GitCheckouts {
    @TempDir
    Path folder

    @Override
    Collection<Path> watched() {
        [place.parent]
    }

    @Override
    Map<String, Closure<GitCheckoutResource>> samples() {
        [
            'branch': { app([revision: 'stable']) },
            'default branch': { app([:]) },
            'tag': { app([revision: 'v1']) },
            'commit': { app([revision: first]) },
            'short history': { app([depth: 1, repository: "file://$origin" as String]) },
        ]
    }

    def "#revision is #text, with modes as in the repository"() {
        when:
        converge(app([revision: revision]))

        then:
        readme() == text
        Files.isExecutable(place.resolve('bin/run'))
        place.parent.toFile().list() as List == ['app']

        where:
        revision || text
        'HEAD'   || 'version 2\n'
        'main'   || 'version 2\n'
        'stable' || 'version 1\n'
        'v1'     || 'version 1\n'
        'v2'     || 'version 2\n'
    }

    def "a branch is followed, and what Git does not know stays"() {
        given:
        converge(app([revision: 'main']))
        Files.writeString(place.resolve('cache'), 'mine')
        commit('three', [readme: 'version 3\n'])

        when:
        def change = converge(app([revision: 'main'])).get()

        then:
        change.attributes()*.attribute()*.name() == ['commit']
        readme() == 'version 3\n'
        Files.readString(place.resolve('cache')) == 'mine'
        ['git', '-c', 'safe.directory=*', '-C', place as String, 'status', '--porcelain', '-b'].execute().text.readLines() == ['## main...origin/main', '?? cache'] ||
                ['git', '-c', 'safe.directory=*', '-C', place as String, 'status', '--porcelain'].execute().text.readLines() == ['?? cache']
    }

    def "from #before to #after"() {
        given:
        converge(app([revision: before]))

        when:
        converge(app([revision: after]))

        then:
        readme() == text
        Files.exists(place.resolve('docs/new')) == (text == 'version 2\n')
        difference(app([revision: after])).empty

        where:
        before   | after    || text
        'v1'     | 'v2'     || 'version 2\n'
        'v2'     | 'v1'     || 'version 1\n'
        'main'   | 'stable' || 'version 1\n'
        'stable' | 'HEAD'   || 'version 2\n'
        'v1'     | 'main'   || 'version 2\n'
    }

    def "a branch that was rewritten is followed"() {
        given:
        converge(app([revision: 'main']))
        git('reset', '-q', '--hard', first)
        commit('other', [readme: 'other\n'])

        when:
        converge(app([revision: 'main']))

        then:
        readme() == 'other\n'
    }

    def "a tag or a commit that is there needs no repository: #revision"() {
        given:
        def desired = app([revision: revision == 'first' ? first : revision])
        converge(desired)
        origin.toFile().deleteDir()

        expect:
        difference(desired).empty

        where:
        revision << ['v1', 'v2', 'first']
    }

    def "what is not there is named, with what is near: #given"() {
        when:
        converge(app(given))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(named)
        !Files.exists(place)

        where:
        given                          || named
        [revision: 'stabel']           || 'stabel'
        [revision: '0' * 40]           || '0' * 40
        [repository: '/none/app.git']  || '/none/app.git'
        [repository: 'http://127.0.0.1:1/app.git'] || '127.0.0.1:1'
    }

    def "tags of what is no commit do not matter"() {
        given:
        git('tag', 'key', git('rev-parse', 'HEAD:readme'))
        converge(app([revision: 'v1']))

        when:
        converge(app([revision: 'v2']))

        then:
        readme() == 'version 2\n'
    }

    def "submodules are left out, and no drift"() {
        given:
        Path inner = Files.createDirectory(folder.resolve('inner'))
        ['sh', '-c', "cd $inner && git init -q -b main && git -c user.name=t -c user.email=t@x commit -q --allow-empty -m inner"].execute().waitFor()
        git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner as String, 'lib')
        commit('submodule', [:])
        converge(app([force: true]))

        expect:
        difference(app([force: true])).empty

        when:
        commit('four', [readme: 'version 4\n'])
        converge(app([:]))

        then:
        readme() == 'version 4\n'
    }

    def "#given is refused while the manifest is compiled"() {
        when:
        app(given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [
            [repository: 'https://me:secret@example.com/app.git'], [repository: 'git@example.com:app.git'], [repository: 'ssh://git@example.com/app.git'],
            [repository: 'app.git'], [revision: '--upload-pack=x'], [revision: 'a..b'], [depth: 0],
        ]
    }
}
