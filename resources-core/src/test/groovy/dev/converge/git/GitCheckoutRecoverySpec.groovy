package dev.converge.git

import dev.converge.ResourceSpecification
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** What a killed run or a power cut has left in a checkout is mended by the next run. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutRecoverySpec extends ResourceSpecification<GitCheckoutResource> implements GitCheckouts {
    @TempDir
    Path folder

    def "a run that was killed on its way is finished by the next"() {
        given:
        converge(app([revision: 'v1']))
        WorkTree.at(place).get().withCloseable { tree ->
            def update = tree.repository().updateRef(WorkTree.UNDER_WAY)
            update.newObjectId = tree.repository().resolve('refs/tags/v2')
            update.forceUpdate()
        }
        Files.writeString(place.resolve('readme'), 'version 2\n')

        when:
        converge(app([revision: 'v2']))

        then:
        readme() == 'version 2\n'
        Files.exists(place.resolve('docs/new'))
        difference(app([revision: 'v2'])).empty
    }

    def "what a killed run has left of Git's files is removed, however young it is"() {
        given:
        converge(app([revision: 'v1']))
        def objects = '.git/objects'
        def left = [
            '.git/config.lock', '.git/index.lock', '.git/HEAD.lock', '.git/packed-refs.lock', '.git/refs/heads/main.lock', '.git/refs/remotes/origin/main.lock',
            "$objects/noz123.tmp", "$objects/incoming_4.pack", "$objects/incoming_4.idx", "$objects/pack/gc_5.pack_tmp",
            "$objects/pack/pack-0a.pack", '._readme67.tmp', 'bin/._run8.tmp',
        ].collect {
            Files.createDirectories(place.resolve(it).parent)
            Files.createFile(place.resolve(it))
        }
        left << Files.writeString(place.resolve("$objects/pack/pack-0a.keep"), 'jgit fetch from elsewhere')
        def foreign = ['._mine9.tmp', '.git/hooks/mine.lock', "$objects/pack/pack-0b.pack", 'own.lock'].collect {
            Files.createDirectories(place.resolve(it).parent)
            Files.writeString(place.resolve(it), 'mine')
        }
        point('refs/converge/checkout', 'v2')

        when:
        recover(app([revision: 'v2']))

        then:
        left.findAll { Files.exists(it) } == []
        foreign.every { Files.readString(it) == 'mine' }

        when:
        converge(app([revision: 'v2']))

        then:
        readme() == 'version 2\n'
        foreign.every { Files.readString(it) == 'mine' }
    }

    def "a name like a half file is left alone where Git has such a file"() {
        given:
        commit('three', ['._readme1.tmp': 'tracked'])
        converge(app([:]))
        point('refs/converge/checkout', 'HEAD')

        when:
        recover(app([:]))

        then:
        Files.readString(place.resolve('._readme1.tmp')) == 'tracked'
    }

    def "the lock of a program that runs now is left alone: #what"() {
        given:
        converge(app([:]))
        def lock = Files.createFile(place.resolve('.git/index.lock'))
        def running = new ProcessBuilder(command).directory(place.toFile()).start()
        running.inputStream.read() // it has begun

        when:
        recover(app([:]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("(process ${running.pid()})")
        failure.message.contains('index.lock')
        Files.exists(lock)

        cleanup:
        running?.outputStream?.close()
        running?.waitFor()

        where:
        what                     | command
        'it has it open'         | ['sh', '-c', 'exec 3>>.git/index.lock; echo; read x']
        'it is Git at work here' | ['git', '-c', 'alias.wait=!echo; read x', 'wait']
    }

    def "a checkout whose #file is #damage is checked out again, and edits are kept"() {
        given:
        converge(app([revision: 'v1']))
        def damaged = place.resolve(".git/$file")
        if (damage == 'missing') {
            Files.delete(damaged)
        } else {
            Files.newByteChannel(damaged, StandardOpenOption.WRITE).withCloseable { it.truncate(damage == 'empty' ? 0 : it.size().intdiv(2)) }
        }
        Files.writeString(place.resolve('readme'), 'edited')
        Files.writeString(place.resolve('own'), 'own')

        when:
        recover(app([revision: 'v2']))
        converge(app([revision: 'v2']))

        then:
        readme() == 'version 2\n'
        kept.contains(place.resolve('readme'))
        !kept.contains(place.resolve('bin/run'))
        Files.readString(place.resolve('own')) == 'own'
        difference(app([revision: 'v2'])).empty

        where:
        file     | damage
        'config' | 'missing'
        'config' | 'empty'
        'HEAD'   | 'missing'
        'HEAD'   | 'empty'
        'index'  | 'missing'
        'index'  | 'empty'
        'index'  | 'cut off'
    }

    def "what is repaired is not written through a link"() {
        given:
        converge(app([revision: 'v1']))
        def elsewhere = folder.resolve('elsewhere')
        Files.delete(place.resolve('.git/HEAD'))
        Files.createSymbolicLink(place.resolve('.git/HEAD'), elsewhere)

        when:
        recover(app([revision: 'v2']))

        then:
        !Files.exists(elsewhere)
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "files that a killed run had not given away yet belong to the folder's owner after recovery"() {
        given:
        converge(app([owner: 'nobody']))
        Files.setAttribute(place.resolve('readme'), 'unix:uid', 0)
        def own = Files.writeString(place.resolve('own'), 'of root')

        when:
        recover(app([:]))

        then:
        Files.getAttribute(place.resolve('readme'), 'unix:uid') == Files.getAttribute(place, 'unix:uid')
        Files.getAttribute(own, 'unix:uid') == 0
    }

    private void point(String name, String revision) {
        def commit = git('rev-parse', "$revision^{commit}")
        Path ref = place.resolve(".git/$name")
        Files.createDirectories(ref.parent)
        Files.writeString(ref, "$commit\n")
    }
}
