package dev.converge.pkg

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.SiteFiles
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.schema.TypeSchema
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** Packages by the real rpm and dnf, in a root folder; needs root, rpm, rpmbuild, dnf and createrepo_c. */
@Requires({ RpmRepository.usable })
@Timeout(120)
class RpmPackagesSpec extends ProviderContractSpec<PkgResource> {
    private static final String NAME = 'converge-test-a'

    @TempDir
    @Shared
    Path place

    @Shared
    RpmRepository repository

    void setupSpec() {
        repository = new RpmRepository(place)
        ['1.0-1', '1.1-1', '2.0-1'].each { repository.add(NAME, it) }
        repository.add('converge-test-b', '1:1.0-1')
        repository.publish()
        repository.keep()
    }

    void setup() {
        repository.reset()
    }

    Path getFolder() {
        repository.folder
    }

    @Override
    TypeSchema<PkgResource> schema() {
        new PkgType()
    }

    /** What the package manager notes for itself stays. */
    @Override
    Collection<Path> undoable() {
        []
    }

    @Override
    Host newHost() {
        repository.host()
    }

    /** dnf itself keeps a log and an index of its cache when it is asked something. */
    @Override
    Collection<Path> watched() {
        ['etc', 'usr'].collect { repository.root.resolve(it) }
    }

    @Override
    SiteFiles siteFiles() {
        { String name -> Path.of(name) }
    }

    @Override
    Map<String, Closure<PkgResource>> samples() {
        [
            'plain package': { resource(NAME) },
            'latest package': { resource(NAME, [version: 'latest']) },
            'package of one version': { resource(NAME, [version: '1.1']) },
            'package of one release': { resource(NAME, [version: '1.1-1']) },
            'package of a version that begins so': { resource(NAME, [version: '1.*']) },
            'package with an epoch': { resource('converge-test-b', [version: '1.0-1']) },
            'package of an architecture': { resource("$NAME:noarch") },
            'package from a file': { resource(NAME, [source: file('1.1-1')]) },
            'package without recommended ones': { resource(NAME, [recommends: false]) },
            'purged package': { resource(NAME, [purge: true]) },
        ]
    }

    def "from #before, #wanted gives version #after"() {
        given:
        before?.with { repository.run('dnf', '-y', 'install', "$NAME-$it") }

        when:
        def change = converge(resource(NAME, wanted))

        then:
        repository.status(NAME) == after
        change.present == (before != after)
        difference(resource(NAME, wanted)).empty

        where:
        before  | wanted                                   || after
        null    | [:]                                      || '2.0-1'
        '1.0-1' | [:]                                      || '1.0-1'
        '1.0-1' | [version: 'latest']                      || '2.0-1'
        '1.0-1' | [version: '1.1']                         || '1.1-1'
        null    | [version: '1.*']                         || '1.1-1'
        '1.0-1' | [version: '1.*']                         || '1.0-1'
        '2.0-1' | [version: '1.0', allowDowngrade: 'true'] || '1.0-1'
    }

    def "in a dry run too, #wanted fails: #reason"() {
        given:
        repository.run('dnf', '-y', 'install', NAME)
        Files.writeString(repository.root.resolve('etc/dnf/protected.d/test.conf'), "$NAME\n")
        def host = newHost()
        def change = change(resource(name, wanted), host, ensure)

        when:
        def dry = provider().checkAll([change], host).values()
        def live = provider().applyAll([change], host).values()

        then:
        dry.size() == 1
        dry[0].message.contains(reason) || dry[0].advice().get().contains(reason)
        live[0].message == dry[0].message

        where:
        name              | wanted                    | ensure         || reason
        'converge-tset-a' | [:]                       | Ensure.PRESENT || 'Did you mean "converge-test-a"?'
        'converge-test-b' | [version: '9.*']          | Ensure.PRESENT || '1:1.0-1'
        NAME              | [version: '9']            | Ensure.PRESENT || '2.0-1, 1.1-1, 1.0-1'
        NAME              | [version: '1.0']          | Ensure.PRESENT || 'newer version than 1.0'
        'converge-test-b' | [source: '/none']         | Ensure.PRESENT || 'no file /none'
        'converge-test-b' | [configFiles: 'replace']  | Ensure.PRESENT || '.rpmnew'
        NAME              | [:]                       | Ensure.ABSENT  || 'essential'
    }

    def "many packages go into one transaction, and one that fails does not keep the others"() {
        given:
        repository.add('converge-test-bad', '1.0-1', pre: 'echo what went wrong >&2; exit 7')
        repository.publish()
        def names = [NAME, 'converge-test-b'] + (bad ? ['converge-test-bad', 'converge-test-none'] : [])
        def host = newHost()
        def changes = names.collect { change(resource(it), host) }
        repository.ran.clear()

        when:
        def failed = provider().applyAll(changes, host)

        then:
        failed.keySet()*.name() as Set == names.drop(2) as Set
        repository.status(NAME) == '2.0-1'
        repository.status('converge-test-b') == '1:1.0-1'
        repository.ran.count { it.contains(' install ') } == transactions

        where:
        bad   || transactions
        false || 1
        true  || 5
    }

    def "packages are removed in one transaction, and what they needed stays"() {
        given:
        repository.add('converge-test-needs-a', '1.0-1', Requires: NAME)
        repository.publish()
        converge(resource('converge-test-needs-a'))
        converge(resource('converge-test-b'))
        def all = ['converge-test-needs-a', 'converge-test-b'].collect { resource(it) }
        def host = newHost()
        def changes = all.collect { change(it, host, Ensure.ABSENT) }
        repository.ran.clear()

        expect:
        provider().applyAll(changes, host).isEmpty()
        repository.ran.count { it.contains(' remove ') } == 1
        all.every { difference(it, Ensure.ABSENT).empty }
        repository.status(NAME) == '2.0-1'
    }

    def "a removal that would take others along is refused, and names them"() {
        given:
        repository.add('converge-test-needs-a', '1.0-1', Requires: NAME)
        repository.publish()
        converge(resource('converge-test-needs-a'))

        when:
        converge(resource(NAME), Ensure.ABSENT)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('converge-test-needs-a')
        repository.status(NAME) == '2.0-1'
    }

    def "a removal of several versions at once, as of kernels, takes no others along either"() {
        given:
        repository.add('converge-test-needs', '1.0-1', Requires: NAME)
        ["$NAME-1.0-1", "$NAME-2.0-1", 'converge-test-needs-1.0-1'].each {
            repository.run('rpm', '-i', folder.resolve("repository/noarch/${it}.noarch.rpm") as String)
        }

        when:
        converge(resource(NAME), Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('converge-test-needs')
        repository.status(NAME) == '1.0-1 2.0-1' || repository.status(NAME) == '2.0-1 1.0-1'
        repository.status('converge-test-needs') == '1.0-1'
    }

    def "nothing is removed when it cannot be told what would go with it"() {
        given:
        repository.run('dnf', '-y', 'install', NAME)
        def host = newHost()
        def change = change(resource(NAME), host, Ensure.ABSENT)
        repository.run('rpm', '-e', NAME)

        when:
        def failed = provider().applyAll([change], host)

        then:
        failed.values().first().message.contains('not installed')
        repository.ran.every { !it.contains(' remove ') }
    }

    def "the lists are refreshed when a name is unknown, once in a run, and never in a dry run"() {
        given:
        repository.add('converge-test-new', '1.0-1')
        repository.index()
        def host = newHost()
        def changes = ['converge-test-new', 'converge-test-none'].collect { change(resource(it), host) }

        when:
        provider().checkAll(changes, host)

        then:
        !repository.ran.any { it.contains(' makecache') }

        when:
        def failed = provider().applyAll(changes, host)
        provider().applyAll(changes.drop(1), host)

        then:
        failed.keySet()*.name() == ['converge-test-none']
        repository.ran.count { it.contains(' makecache') } == 1
    }

    def "a host that has never fetched its lists does so when it installs, and a dry run does not mind"() {
        given:
        new File(repository.root.toFile(), 'var/cache').deleteDir()
        def host = newHost()

        expect:
        provider().checkAll([change(resource(NAME), host)], host).isEmpty()

        when:
        converge(resource(NAME, [version: 'latest']))

        then:
        repository.status(NAME) == '2.0-1'
    }

    def "what is installed and what can be is asked once for many packages"() {
        given:
        def host = newHost()
        def changes = [NAME, 'converge-test-b'].collect { change(resource(it), host) }

        when:
        provider().checkAll(changes, host)

        then:
        repository.ran.count { it.startsWith('rpm -qa') } == 1
        repository.ran.count { it.contains('repoquery') } == 1
    }

    def "a lock that is held is waited for, and then its holder is named"() {
        given:
        def holder = ['sleep', '60'].execute()
        def lock = repository.root.resolve('var/lib/dnf/rpmdb_lock.pid')
        Files.writeString(lock, holder.pid() as String)

        when:
        converge(resource(NAME, [lockTimeout: '1s']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("process ${holder.pid()}")
        repository.status(NAME) == ''

        when:
        holder.destroy()
        holder.waitFor()
        converge(resource(NAME, [lockTimeout: '1m']))

        then:
        repository.status(NAME) == '2.0-1'

        cleanup:
        holder?.destroy()
    }

    def "a package that versionlock keeps is seen as held, and stays at its version"() {
        given:
        converge(resource(NAME, [version: '1.0']))
        Files.createDirectories(repository.root.resolve('etc/dnf/plugins'))
        Files.writeString(repository.root.resolve('etc/dnf/plugins/versionlock.list'), "# Added lock\n$NAME-0:1.0-1.*\n!converge-test-b-1:1.0-1.*\n")

        expect:
        provider().observe(resource(NAME), newHost()).get().hold().get()
        difference(resource(NAME, [hold: true])).empty

        when:
        converge(resource(NAME, [version: '2.0']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('on hold')
    }

    @Requires({ RpmRepository.lockable })
    def "a package is held, kept, and released"() {
        given:
        repository.lockable()

        when:
        converge(resource(NAME, [version: '1.0', hold: 'true']))

        then:
        repository.run('dnf', '-q', 'versionlock', 'list').contains("$NAME-0:1.0-1")

        when:
        converge(resource(NAME, [version: '1.1', hold: 'true']))

        then:
        repository.status(NAME) == '1.1-1'
        repository.run('dnf', '-q', 'versionlock', 'list').contains("$NAME-0:1.1-1")
        difference(resource(NAME, [version: '1.1', hold: 'true'])).empty

        when:
        repository.run('dnf', '-y', 'upgrade')

        then:
        repository.status(NAME) == '1.1-1'

        when:
        def change = converge(resource(NAME, [hold: 'false'])).get()

        then:
        change.attributes()*.attribute()*.name() == ['hold']
        repository.run('dnf', '-q', 'versionlock', 'list').trim() == ''

        when:
        converge(resource(NAME, [version: 'latest', hold: 'true']))

        then:
        repository.status(NAME) == '2.0-1'
    }

    def "where dnf has no versionlock, a hold says what to install"() {
        when:
        converge(resource(NAME, [hold: true]))

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains('python3-dnf-plugin-versionlock')
    }

    def "describes the packages of the host"() {
        given:
        converge(resource(NAME, [version: '1.1']))

        expect:
        new PkgProvider().names(newHost()) == [NAME]
        new PkgProvider().inspect(NAME, newHost()).get().version().toString() == '1.1-1'
        new PkgProvider().inspect('converge-test-none', newHost()).empty
    }

    private Change<PkgResource> change(PkgResource desired, Host host, Ensure ensure = Ensure.PRESENT) {
        Difference.between(schema(), declared(desired, ensure), provider().observe(desired, host)).get()
    }

    private String file(String version) {
        def copy = repository.root.resolve("$NAME-${version}.rpm")
        Files.exists(copy) ?: Files.copy(folder.resolve("repository/noarch/$NAME-${version}.noarch.rpm"), copy)
        "/$NAME-${version}.rpm"
    }
}
