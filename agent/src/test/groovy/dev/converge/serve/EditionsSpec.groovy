package dev.converge.serve

import dev.converge.data.Outside
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.schema.TypeRegistry
import dev.converge.target.RenderOptions
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.ExecutionException
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

/** Which edition is in force, whatever a site's source tells. */
class EditionsSpec extends Specification {
    static final String DATA = "serve: { facts: { os: { family: debian, name: debian } }, hosts: { web-1: , web-2: } }\n"

    @TempDir
    Path folder

    @AutoCleanup('shutdownNow')
    ExecutorService workers = Executors.newSingleThreadExecutor()

    /** Tells what it is told to, and notes what was accepted. */
    static final class Scripted implements Versions {
        final List<Versions.Look> looks
        final List<String> accepted = []

        Scripted(List<Versions.Look> looks) {
            this.looks = looks
        }

        @Override
        Versions.Look look() {
            looks.remove(0)
        }

        @Override
        Optional<SiteVersion> last() {
            Optional.empty()
        }

        @Override
        void accept(SiteVersion version) {
            accepted << version.commit()
        }

        @Override
        void close() { }
    }

    final List<String> said = new CopyOnWriteArrayList<>()

    private Versions.Look newer(String commit, String manifest) {
        def site = Files.createDirectories(folder.resolve(commit).resolve('data'))
        Files.writeString(site.resolve('common.yaml'), DATA)
        Files.writeString(site.parent.resolve('site.groovy'), manifest)
        new Versions.Look.Newer(new SiteVersion(commit, site.parent))
    }

    private static Versions.Look failed(String commit, Code code) {
        new Versions.Look.Failed(Optional.ofNullable(commit), Diagnostic.error(code, "It is $code", 'for a reason'))
    }

    private Editions editions(Versions versions) {
        def log = [say: { said << it }, tell: { text, lines, problems -> said << text }, access: { }] as ServerLog
        def editionSettings = new EditionSettings(TypeRegistry.of(getClass().classLoader), Outside.NONE, folder.resolve('cache'), new RenderOptions(false, false), Duration.ofSeconds(20))
        new Editions(versions, editionSettings, { new Renders(it, workers, Duration.ofSeconds(5), new EditionTally(new ServeMetrics(), log)) }, log)
    }

    private Editions after(Scripted versions) {
        def editions = editions(versions)
        assert editions.begin() == []
        try {
            editions.follow(Duration.ofSeconds(1)) {
                if (versions.looks.empty) {
                    throw new InterruptedException()
                }
            }
        } catch (InterruptedException e) {
            assert e
        }
        workers.submit { }.get() // a render is there before its problems are told
        editions
    }

    def "after #what, #inForce is in force"() {
        given:
        def good = "notice 'hello'\n"
        def versions = new Scripted([newer('one', good)] + looks.collect {
            it == 'good' ? newer('two', good + good.replace('hello', 'again')) : it == 'loses web-2' ? newer('two', good + "if (facts.hostname == 'web-2') { fail 'no' }\n")
                : it == 'same' ? new Versions.Look.Same() : it == 'unreachable' ? failed(null, Code.SOURCE) : failed(it, Code.UNTRUSTED)
        })

        when:
        def editions = after(versions)

        then:
        editions.current().edition().version().commit() == inForce
        versions.accepted == accepted
        editions.withdrawn == withdrawn
        editions.standing().problem().present == behind

        where:
        what                                   | looks                                 || inForce | accepted       | withdrawn | behind
        'a good commit'                        | ['good']                              || 'two'   | ['one', 'two'] | false     | false
        'one that loses a host'                | ['loses web-2']                       || 'one'   | ['one']        | false     | true
        'the same commit'                      | ['same']                              || 'one'   | ['one']        | false     | false
        'a server that does not answer'        | ['unreachable']                       || 'one'   | ['one']        | false     | true
        'a server that answers again'          | ['unreachable', 'same']               || 'one'   | ['one']        | false     | false
        'a commit that nobody may have signed' | ['two']                               || 'one'   | ['one']        | false     | true
        'a signer who no longer may'           | ['one']                               || 'one'   | ['one']        | true      | true
        'a signer who no longer may, and a good commit' | ['one', 'good']              || 'two'   | ['one', 'two'] | false     | false
    }

    def "a commit that cannot be served is told once, and so is that it was taken back"() {
        given:
        def bad = newer('two', "if (facts.hostname == 'web-2') { fail 'no' }\n")
        def editions = after(new Scripted([newer('one', "notice 'hello'\n"), bad, new Versions.Look.Unsettled(), new Versions.Look.Same(), new Versions.Look.Same(), bad]))

        expect:
        said == [
            'Version two is not used, one stays in force: web-2 cannot be rendered',
            'All is well again; one is the newest, and in force',
            'Version two is not used, one stays in force: web-2 cannot be rendered',
        ]
        editions.standing().problem().get() == 'The newest version cannot be served: The manifest refuses this host at site.groovy:1'
    }

    def "what a commit has amiss for some hosts is told when it comes into force, and counted"() {
        given:
        def failing = "notice 'hello'\nif (facts.hostname == 'web-2') { fail 'no' }\n"

        when:
        def editions = after(new Scripted([newer('one', failing), newer('two', failing + "notice 'again'\n")]))

        then:
        said == ['web-2 cannot be rendered', 'Serving 2 hosts as of two', 'web-2 cannot be rendered']
        editions.current().unrendered() == 1
    }

    def "a site that does not compile at the start is told by who starts it alone"() {
        expect:
        editions(new Scripted([newer('one', 'flie("/etc/motd") { }\n')])).begin().size() == 1
        said == []
    }

    def "renders that are over send who asks to those in force"() {
        given:
        def renders = after(new Scripted([newer('one', "notice 'hello'\n")])).current()
        def host = renders.edition().hosts().find('web-1').get()

        when:
        renders.retire()
        renders.of(host, Form.SHELL).get()

        then:
        def e = thrown(ExecutionException)
        e.cause instanceof Renders.Retired

        and: 'what is there already is given'
        renders.of(host, host.form()).get().page().present
    }
}
