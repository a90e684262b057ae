package dev.converge.serve

import dev.converge.git.GitAddress
import dev.converge.source.GitWebServer
import dev.converge.source.SourceSettings
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicBoolean

/** A site changes while machines ask. */
class ServedCommitsSpec extends ServeSpecification {

    def "a new site is served as a whole, without a request dropped; a broken one is not served, and that is said"() {
        given:
        serve()
        def ended = new AtomicBoolean()
        def answers = new CopyOnWriteArrayList<String>()
        def clients = Executors.newFixedThreadPool(4)
        def asking = (1..4).collect {
            clients.submit({
                while (!ended.get()) {
                    def got = server.get('/web-1/user-data')
                    answers << "${got.statusCode()} ${(got.body() =~ /rack 4 of (\w+)/).with { it.find() ? it.group(1) : got.body() }}".toString()
                }
            } as Callable)
        }
        SOON.eventually { assert !answers.empty }
        def first = server.health()

        when: 'the data of one host changes'
        replace('data/common.yaml', HOSTS.replace('Ada', 'Eve'))

        then:
        SOON.eventually { answers.last() == '200 Eve' }
        first.status == 'ok'
        server.health().commit != first.commit

        when: 'it does not compile any more'
        replace('site.groovy', 'flie("/etc/motd") { }\n')

        then:
        SOON.eventually { server.health().status == 'behind' }
        with(server.health()) {
            problem.endsWith(' at site.groovy:1')
            newest != commit
        }
        metrics().contains('converge_serve_commit_refused 1\n')
        SOON.eventually { server.text() =~ /(?s)Version \w{12} is not used, \w{12} stays in force: web-1.example.com cannot be rendered\nerror: .*site.groovy:1:1/ }
        server.get('/web-2/user-data').body().contains('of Eve')

        when: 'it compiles, but fails for one host that could be served'
        replace('site.groovy', MANIFEST + "if (facts.hostname == 'web-2') { fail 'no web-2' }\n")

        then:
        SOON.eventually { server.text().contains('no web-2') }
        server.get('/web-2/user-data').statusCode() == 200

        when: 'it is mended'
        replace('site.groovy', MANIFEST.replace(' of ', ' of Dr.'))

        then:
        SOON.eventually { server.health().status == 'ok' && server.get('/web-1/user-data').body().contains('of Dr.Eve') }

        when:
        ended.set(true)
        asking*.get()
        clients.shutdown()

        then: 'each was answered, by the old or by the new'
        answers.toUnique() == ['200 Ada', '200 Eve', '200 Dr']
        metrics().contains('converge_serve_commit_refused 0\n')
        SOON.eventually { Files.list(folder.resolve('state/sites')).withCloseable { it.count() } == 1 } // it is in force before the one before is removed
    }

    /** In one step: a busy machine may take half a second between emptying a file and filling it, and an empty manifest is one. */
    private void replace(String file, String text) {
        def whole = Files.writeString(folder.resolve('whole'), text)
        Files.move(whole, folder.resolve('site').resolve(file), StandardCopyOption.REPLACE_EXISTING)
    }

    def "a commit of a Git server comes into force, and the last one is there when the server is not"() {
        given:
        def work = site()
        git(work, 'init', '-q', '-b', 'main')
        commit(work)
        def repositories = Files.createDirectories(folder.resolve('repositories'))
        git(folder, 'clone', '-q', '--bare', "$work", "$repositories/site.git")
        def web = new GitWebServer(repositories, Files.createDirectories(folder.resolve('authority')))
        def origin = new SiteOrigin.Git(new SourceSettings(GitAddress.parse(web.url('site.git')), 'main', '', Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(web.authority), false, false, Duration.ofMinutes(1), SourceSettings.USUAL_SIZE, true))

        when:
        server = RunningServer.of(origin, folder.resolve('state'))

        then:
        server.get('/web-1/user-data').body().contains('of Ada')
        server.health().commit == head(work)

        when:
        site(MANIFEST, HOSTS.replace('Ada', 'Eve'))
        commit(work)
        git(work, 'push', '-q', "$repositories/site.git", 'main')

        then:
        SOON.eventually { server.get('/web-1/user-data').body().contains('of Eve') }
        server.health().commit == head(work)
        SOON.eventually { Files.readString(folder.resolve('state/source/in-force')).contains(head(work)) } // in force before that is written down

        when: 'both end, and it starts alone'
        server.close()
        web.close()
        server = RunningServer.of(origin, folder.resolve('state'))

        then:
        server.get('/web-1/user-data').body().contains('of Eve')
        SOON.eventually { server.health().problem == 'Site not fetched' }
        SOON.eventually { server.get('/metrics').body() =~ /converge_serve_fetch_failures_total [1-9]/ }
    }

    private static void commit(Path work) {
        git(work, 'add', '-A')
        git(work, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-q', '-m', 'a commit')
    }

    private static String head(Path work) {
        git(work, 'rev-parse', 'HEAD')
    }

    private static String git(Path work, String... words) {
        def process = new ProcessBuilder(['git', '-C', "$work" as String] + (words as List)).redirectErrorStream(true).start()
        def said = process.inputStream.text.trim()
        assert process.waitFor() == 0 : said
        said
    }
}
