package dev.converge.git

import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Checkouts of a repository with two versions, two branches and real Git on the other side. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class GitCheckoutResourceSpec extends ProviderContractSpec<GitCheckoutResource> {
    @TempDir
    Path folder

    Path origin
    Path place
    String first
    List<Path> kept = Collections.synchronizedList([])

    def setup() {
        origin = Files.createDirectory(folder.resolve('app.git'))
        place = Files.createDirectory(folder.resolve('srv')).resolve('app')
        git('init', '-q', '-b', 'main')
        first = commit('one', ['readme': 'version 1\n', 'bin/run': '#!/bin/sh\n'])
        git('tag', '-a', 'v1', '-m', 'version 1')
        git('branch', 'stable')
        commit('two', ['readme': 'version 2\n', 'docs/new': 'new\n'])
        git('tag', 'v2')
    }

    private String git(String... words) {
        def command = ['git', '-c', 'user.name=t', '-c', 'user.email=t@example.com', '-C', origin as String] + (words as List)
        def process = new ProcessBuilder(command).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
        output.trim()
    }

    private String commit(String message, Map<String, String> files) {
        files.each { name, text ->
            Files.createDirectories(origin.resolve(name).parent)
            Files.writeString(origin.resolve(name), text)
            origin.resolve(name).toFile().executable = name.startsWith('bin/')
        }
        git('add', '-A')
        git('commit', '-q', '-m', message)
        git('rev-parse', 'HEAD')
    }

    @Override
    GitCheckoutType schema() {
        new GitCheckoutType()
    }

    @Override
    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { Path path -> kept << path } as Backups)
    }

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

    private GitCheckoutResource app(Map given) {
        resource(place, [repository: origin as String] + given)
    }

    private String readme() {
        Files.readString(place.resolve('readme'))
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

    def "a folder with other things is not touched"() {
        given:
        Files.createDirectory(place)
        Files.writeString(place.resolve('mine'), '')

        when:
        converge(app([:]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('not empty')
    }

    def "an empty folder becomes the checkout"() {
        given:
        Files.createDirectory(place)

        when:
        converge(app([revision: 'v1']))

        then:
        readme() == 'version 1\n'
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

    @Requires({ System.getProperty('user.name') == 'root' })
    def "all files belong to its owner, new ones too"() {
        given:
        converge(app([revision: 'v1', owner: 'nobody', group: 'nogroup']))

        when:
        converge(app([revision: 'v2']))

        then:
        ['', 'readme', 'docs', 'docs/new', '.git', '.git/index', '.git/objects'].every { Files.getOwner(place.resolve(it)).name == 'nobody' }
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "without an owner, an update gives nothing away that is not from it"() {
        given:
        converge(app([revision: 'v1', owner: 'nobody', group: 'nogroup']))
        Path uploads = Files.createDirectory(place.resolve('uploads'))
        Files.setAttribute(uploads, 'unix:uid', 1234)
        Path secret = Files.writeString(place.resolve('.env'), 'secret')

        when:
        converge(app([revision: 'v2']))

        then:
        Files.getAttribute(uploads, 'unix:uid') == 1234
        Files.getAttribute(secret, 'unix:uid') == 0
        ['', 'readme', 'docs', 'docs/new', '.git/index'].every { Files.getOwner(place.resolve(it)).name == 'nobody' }

        when: 'an owner is declared, the group stays what it is'
        Files.setAttribute(uploads, 'unix:gid', 1234)
        converge(app([revision: 'v2', owner: 'root']))

        then:
        Files.getAttribute(uploads, 'unix:uid') == 0
        Files.getAttribute(uploads, 'unix:gid') == 1234
    }

    def "a repository whose configuration would run programs, or lead elsewhere, is not opened: #named"() {
        given:
        converge(app([:]))
        Path trace = folder.resolve('trace')
        Path config = place.resolve('.git/config')
        Files.writeString(config, Files.readString(config) + lines.call(origin, trace))
        commit('three', [readme: 'version 3\n'])

        when:
        converge(app([:]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(named)
        failure.advice().present
        !Files.exists(trace)

        where:
        named        | lines
        'filter'     | { from, to -> "[filter \"x\"]\nsmudge = touch $to\n" }
        'remote'     | { from, to -> "[remote \"$from\"]\nurl = $from\nuploadpack = touch $to;git-upload-pack\n" }
        'uploadpack' | { from, to -> '[remote "origin"]\nuploadPack = touch\n' }
        'remote'     | { from, to -> "[remote \"$from\"]\nurl = http://elsewhere.example.com/app.git\n" }
        'http'       | { from, to -> "[http]\ncookieFile = $to\nsaveCookies = true\n" }
        'url'        | { from, to -> '[url "http://elsewhere.example.com/"]\ninsteadOf = /\n' }
        'include'    | { from, to -> '[include]\npath = /etc/shadow\n' }
    }

    def "nothing is written through a link in its .git: #name"() {
        given:
        converge(app([revision: 'v1']))
        Path trace = Files.writeString(folder.resolve('trace'), '')
        Files.deleteIfExists(place.resolve(".git/$name"))
        Files.createDirectories(place.resolve(".git/$name").parent)
        Files.createSymbolicLink(place.resolve(".git/$name"), trace)

        when:
        converge(app([revision: 'v2']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(name)
        Files.size(trace) == 0

        where:
        name << ['logs/HEAD', 'logs/refs/remotes/origin/main']
    }

    def "a checkout whose configuration is elsewhere is not opened"() {
        given:
        converge(app([:]))
        Files.writeString(place.resolve('.git/commondir'), folder.resolve('elsewhere') as String)

        when:
        difference(app([:]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('commondir')
    }

    def "a .git that is a link to elsewhere is no checkout"() {
        given:
        Files.createDirectory(place)
        Files.createSymbolicLink(place.resolve('.git'), origin.resolve('.git'))
        String before = git('rev-parse', 'HEAD')

        when:
        converge(app([revision: 'v1']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('no checkout')
        git('rev-parse', 'HEAD') == before
    }

    def "a password in the address that somebody else has cloned from is not shown"() {
        given:
        converge(app([:]))
        inPlace('git remote set-url origin https://me:s3cr3t@example.com/app.git')

        when:
        def change = difference(app([:])).get()

        then:
        def address = change.attributes().find { it.attribute().name() == 'repository' }.before().get().toString()
        !address.contains('s3cr3t')
        address.contains('example.com/app.git')
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

    def "an empty folder that becomes the checkout keeps its mode"() {
        given:
        Files.createDirectory(place)
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString('rwxr-x---'))

        when:
        converge(app([revision: 'v1']))

        then:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(place)) == 'rwxr-x---'
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

    private void inPlace(String script) {
        def command = "git() { command git -c safe.directory='*' -c user.name=t -c user.email=t@x \"\$@\"; }; cd $place && $script"
        def process = new ProcessBuilder('sh', '-c', command as String).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
    }

    def "a web server is asked once in a run, however many checkouts follow it"() {
        given:
        def server = new GitServer(folder)
        def desired = ['a', 'b', 'c'].collect { resource(place.resolveSibling(it), [repository: server.url('app.git/.git'), revision: 'main']) }
        desired.each { converge(it) }
        server.asked.clear()
        def host = newHost()

        when:
        desired.each { provider().observe(it, host) }

        then:
        server.asked.count { it.startsWith('GET') } == 1

        cleanup:
        server.close()
    }

    def "a password is given where it is asked for, and never shown or kept"() {
        given:
        def server = new GitServer(folder)
        server.password = 's3cr3t'
        def url = server.url('app.git/.git')

        when:
        converge(app([repository: url]))

        then:
        ResourceFailure refused = thrown()
        refused.advice().get().contains('password')

        when:
        converge(app([repository: url, password: Secret.of('wrong-one')]))

        then:
        ResourceFailure wrong = thrown()
        !wrong.message.contains('wrong-one')

        when:
        converge(app([repository: url, password: Secret.of('s3cr3t'), depth: 1]))

        then:
        readme() == 'version 2\n'
        !Files.readString(place.resolve('.git/config')).contains('s3cr3t')

        cleanup:
        server.close()
    }

    def "what Git says of a repository that is not there is one sentence"() {
        when:
        converge(app([repository: folder.resolve('none.git') as String]))

        then:
        ResourceFailure failure = thrown()
        failure.message.endsWith(' not found.')
    }

    def "a server that says nothing does not hang the run"() {
        given:
        def silent = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))

        when:
        converge(app([repository: "http://127.0.0.1:$silent.localPort/app.git" as String, timeout: Duration.ofSeconds(1)]))

        then:
        thrown(ResourceFailure)

        cleanup:
        silent.close()
    }

    @Timeout(30)
    def "a server that keeps talking and never ends does not hang the run"() {
        given:
        def chatty = new ServerSocket(0, 1, InetAddress.getByName('127.0.0.1'))
        Thread.startDaemon {
            def peer = chatty.accept()
            peer.outputStream << 'HTTP/1.1 200 OK\r\nX: '
            while (true) {
                peer.outputStream << 'x'
                peer.outputStream.flush()
                Thread.sleep(200)
            }
        }

        when:
        converge(app([repository: "http://127.0.0.1:$chatty.localPort/app.git" as String, timeout: Duration.ofSeconds(2)]))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('2s')

        cleanup:
        chatty.close()
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

    private void point(String name, String revision) {
        def commit = git('rev-parse', "$revision^{commit}")
        Path ref = place.resolve(".git/$name")
        Files.createDirectories(ref.parent)
        Files.writeString(ref, "$commit\n")
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
}
