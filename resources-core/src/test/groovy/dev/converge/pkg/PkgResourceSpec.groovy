package dev.converge.pkg

import dev.converge.HostTurn
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
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** Needs root, dpkg and apt: it installs and removes tiny packages of its own on this machine. */
@Requires({ PackageRepository.usable })
@Timeout(120)
class PkgResourceSpec extends ProviderContractSpec<PkgResource> {
    @Shared
    @AutoCleanup
    HostTurn turn

    private static final String NAME = 'converge-test-a'

    @TempDir
    Path folder
    PackageRepository repository

    void setupSpec() {
        turn = HostTurn.take('packages')
    }

    void setup() {
        repository = new PackageRepository(folder)
        repository.clean()
        ['1.0', '1.1', '2.0'].each { repository.add(NAME, it) }
        repository.add('converge-test-b', '1:1.0-1')
        repository.publish()
    }

    void cleanup() {
        repository.clean()
    }

    @Override
    TypeSchema<PkgResource> schema() {
        new PkgType()
    }

    @Override
    Host newHost() {
        repository.host()
    }

    @Override
    Collection<Path> watched() {
        [DpkgDatabase.STATUS, folder.resolve('state')]
    }

    /** What dpkg and apt write down for themselves stays. */
    @Override
    Collection<Path> undoable() {
        []
    }

    @Override
    Map<String, Closure<PkgResource>> samples() {
        [
            'plain package': { pkg() },
            'latest package': { pkg(version: 'latest') },
            'package of one version': { pkg(version: '1.1') },
            'package of a version that begins so': { pkg(version: '1.*') },
            'held package': { pkg(hold: true) },
            'package that is not held': { pkg(hold: false) },
            'package from a file': { pkg(source: file('1.1')) },
            'package without recommended ones': { pkg(recommends: false) },
            'package with its own architecture': { pkg(name: 'converge-test-b') },
            'purged package': { pkg(purge: true) },
        ]
    }

    def "from #before, #wanted gives version #after"() {
        given:
        before?.with { repository.run('apt-get', '-y', 'install', "$NAME=$it") }

        when:
        def change = converge(pkg(wanted))

        then:
        repository.status(NAME) == "install ok installed $after"
        change.present == (before != after)
        difference(pkg(wanted)).empty

        where:
        before | wanted                                 || after
        null   | [:]                                    || '2.0'
        '1.0'  | [:]                                    || '1.0'
        '1.0'  | [version: 'latest']                    || '2.0'
        '2.0'  | [version: 'latest']                    || '2.0'
        '1.0'  | [version: '1.1']                       || '1.1'
        '1.0'  | [version: '1.*']                       || '1.0'
        null   | [version: '1.*']                       || '1.1'
        '2.0'  | [version: '1.0', allowDowngrade: true] || '1.0'
        '2.0'  | [version: '1.*', allowDowngrade: true] || '1.1'
    }

    def "a package file of version #wanted upgrades #before to #after"() {
        given:
        repository.run('apt-get', '-y', 'install', "$NAME=$before")

        when:
        converge(pkg(source: file(wanted), allowDowngrade: true))

        then:
        repository.status(NAME) == "install ok installed $after"

        where:
        before | wanted || after
        '1.0'  | '1.1'  || '1.1'
        '1.1'  | '1.1'  || '1.1'
        '2.0'  | '1.1'  || '1.1'
    }

    def "a purge keeps the configuration files that it removes, and brings them back as they were edited"() {
        given:
        repository.add(NAME, '3.0', conffile: 'etc/converge-test/a.conf', files: ['etc/converge-test/a.conf': 'x'])
        repository.publish()
        converge(pkg(version: '3.0'))
        Path settings = newHost().path(Path.of('/etc/converge-test/a.conf'))
        Files.writeString(settings, 'edited')

        expect:
        undone(pkg(purge: true), Ensure.ABSENT)
        Files.readString(settings) == 'edited'
    }

    def "an absent package's configuration files are left, unless it is purged"() {
        given:
        repository.add(NAME, '3.0', conffile: 'etc/converge-test/a.conf', files: ['etc/converge-test/a.conf': 'x'])
        repository.publish()
        converge(pkg())

        when:
        converge(pkg(), Ensure.ABSENT)

        then:
        repository.status(NAME).contains('config-files')
        new File('/etc/converge-test/a.conf').exists()
        difference(pkg(), Ensure.ABSENT).empty
        difference(pkg(purge: true), Ensure.ABSENT).present
        difference(pkg(purge: true)).present

        when:
        converge(pkg(purge: true), Ensure.ABSENT)

        then:
        !new File('/etc/converge-test/a.conf').exists()
        difference(pkg(purge: true), Ensure.ABSENT).empty
        repository.status(NAME) == ''
    }

    def "a package is held, kept, and released"() {
        when:
        converge(pkg(version: '1.0', hold: true))

        then:
        repository.status(NAME) == 'hold ok installed 1.0'

        when:
        converge(pkg(version: '1.1', hold: true))

        then:
        repository.status(NAME) == 'hold ok installed 1.1'

        when:
        converge(pkg(version: '2.0'))

        then:
        thrown(ResourceFailure)
        repository.status(NAME) == 'hold ok installed 1.1'

        when:
        def change = converge(pkg(hold: false)).get()

        then:
        change.attributes()*.attribute()*.name() == ['hold']
        repository.status(NAME) == 'install ok installed 1.1'

        when:
        converge(pkg(hold: true))
        converge(pkg(), Ensure.ABSENT)

        then:
        difference(pkg(), Ensure.ABSENT).empty
    }

    def "a configuration file that was changed is #becomes, without a question, when configFiles is '#policy'"() {
        given:
        def conf = new File('/etc/converge-test/c.conf')
        ['1.0', '2.0'].each {
            repository.add('converge-test-c', it, conffile: 'etc/converge-test/c.conf', files: ['etc/converge-test/c.conf': "of $it"])
        }
        repository.publish()
        converge(pkg(name: 'converge-test-c', version: '1.0'))
        conf.text = 'mine'

        when:
        converge(pkg(name: 'converge-test-c', version: 'latest', configFiles: policy))

        then:
        conf.text == becomes

        where:
        policy    || becomes
        'keep'    || 'mine'
        'replace' || 'of 2.0'
    }

    def "many packages go into one transaction, and one that fails does not keep the others"() {
        given:
        repository.add('converge-test-bad', '1.0', postinst: 'echo what went wrong >&2; exit 7')
        repository.publish()
        def names = [NAME, 'converge-test-b'] + (bad ? ['converge-test-bad', 'converge-test-none'] : [])
        def host = newHost()
        def changes = names.collect { change(pkg(name: it), host) }
        repository.ran.clear()

        when:
        def failed = provider().applyAll(changes, host)

        then:
        failed.keySet()*.name() as Set == names.drop(2) as Set
        [NAME, 'converge-test-b'].every { repository.status(it).startsWith('install ok installed') }
        repository.ran.count { it.startsWith('apt-get install') } == transactions
        !bad || failed.values()*.message.join().contains('apt knows no package "converge-test-none"')

        where:
        bad   || transactions
        false || 1
        true  || 1
    }

    def "packages are removed in one transaction"() {
        given:
        def all = [pkg(), pkg(name: 'converge-test-b')]
        all.each { converge(it) }
        def host = newHost()
        def changes = all.collect { change(it, host, Ensure.ABSENT) }
        repository.ran.clear()

        expect:
        provider().applyAll(changes, host).isEmpty()
        repository.ran.count { it.startsWith('apt-get remove') } == 1
        all.every { difference(it, Ensure.ABSENT).empty }
    }

    def "a removal that would take others along is refused, and names them"() {
        given:
        repository.add('converge-test-needs-a', '1.0', Depends: NAME)
        repository.publish()
        converge(pkg(name: 'converge-test-needs-a'))

        when:
        converge(pkg(), Ensure.ABSENT)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('converge-test-needs-a')
        repository.status(NAME).startsWith('install ok installed')
    }

    def "an installation that would remove others is refused"() {
        given:
        repository.add('converge-test-enemy', '1.0', Conflicts: NAME)
        repository.publish()
        converge(pkg())

        when:
        converge(pkg(name: 'converge-test-enemy'))

        then:
        thrown(ResourceFailure)
        repository.status(NAME).startsWith('install ok installed')
    }

    def "in a dry run too, #wanted fails: #reason"() {
        given:
        repository.add('converge-test-real', '1.0', Provides: 'converge-test-virtual')
        repository.publish()
        repository.run('apt-get', '-y', 'install', "$NAME=2.0")
        def host = newHost()
        def change = change(pkg(wanted), host, ensure)

        when:
        def dry = provider().checkAll([change], host).values()
        def live = provider().applyAll([change], host).values()

        then:
        dry.size() == 1
        dry[0].message.contains(reason) || dry[0].advice().get().contains(reason)
        live[0].message == dry[0].message

        where:
        wanted                                     | ensure         || reason
        [name: 'converge-tset-a']                  | Ensure.PRESENT || 'Did you mean "converge-test-a"?'
        [name: 'converge-test-a', version: '9.*']  | Ensure.PRESENT || '2.0, 1.1, 1.0'
        [name: 'converge-test-b', version: '1.0']  | Ensure.PRESENT || '1:1.0-1'
        [version: '1.0']                           | Ensure.PRESENT || 'newer version than 1.0'
        [name: 'converge-test-virtual']            | Ensure.PRESENT || 'virtual'
        [name: 'converge-test-b', source: '/none'] | Ensure.PRESENT || 'no file /none'
        [name: 'dpkg']                             | Ensure.ABSENT  || 'essential'
    }

    def "the lists are refreshed when a name is unknown, once in a run, and never in a dry run"() {
        given:
        repository.add('converge-test-new', '1.0')
        repository.index()
        def host = newHost()
        def changes = ['converge-test-new', 'converge-test-none'].collect { change(pkg(name: it), host) }

        when:
        provider().checkAll(changes, host)

        then:
        !repository.ran.any { it.endsWith(' update') }

        when:
        def failed = provider().applyAll(changes, host)
        provider().applyAll(changes.drop(1), host)

        then:
        failed.keySet()*.name() == ['converge-test-none']
        repository.ran.count { it.endsWith(' update') } == 1
    }

    def "what apt can do is asked once for many packages"() {
        given:
        def host = newHost()

        when:
        [NAME, 'converge-test-b', 'bash'].each { provider().observe(pkg(name: it, version: 'latest'), host) }
        provider().checkAll([change(pkg(), host), change(pkg(name: 'converge-test-b'), host)], host)

        then:
        repository.ran.count { it.startsWith('apt-cache policy') } <= 2
    }

    def "a lock that is held is waited for, and then its holder is named"() {
        given:
        def holder = lockedBy('/var/lib/dpkg/lock-frontend')

        when:
        converge(pkg(lockTimeout: Duration.ofSeconds(1)))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains("process ${holder.pid()}")
        failure.message.contains('LockHolder')
        repository.status(NAME) == ''

        when:
        def release = Thread.start { holder.outputStream.close() }
        converge(pkg(lockTimeout: Duration.ofSeconds(60)))

        then:
        repository.status(NAME).startsWith('install ok installed')

        cleanup:
        holder?.destroy()
        release?.join()
    }

    def "describes the packages of the host"() {
        given:
        converge(pkg(version: '1.1', hold: true))

        expect:
        new PkgProvider().names(newHost()).containsAll(['dpkg', NAME])
        with(new PkgProvider().inspect(NAME, newHost()).get()) {
            it.version() == PkgVersion.parse('1.1')
            it.hold().get()
        }
        new PkgProvider().inspect('converge-test-none', newHost()).empty
    }

    /** A process that holds a lock of dpkg's kind until its standard input ends. */
    private Process lockedBy(String lock) {
        def program = Files.writeString(folder.resolve('LockHolder.java'), """\
            import java.nio.channels.FileChannel;
            import java.nio.file.*;
            class LockHolder {
                public static void main(String[] args) throws Exception {
                    try (var channel = FileChannel.open(Path.of("$lock"), StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
                        var held = channel.lock();
                        System.out.println("locked");
                        System.in.read();
                        held.release();
                    }
                }
            }
            """.stripIndent())
        def java = System.getProperty('java.home') + '/bin/java'
        def process = new ProcessBuilder(java, program as String).redirectError(ProcessBuilder.Redirect.INHERIT).start()
        assert process.inputStream.newReader().readLine() == 'locked'
        process
    }

    private Change<PkgResource> change(PkgResource desired, Host host, Ensure ensure = Ensure.PRESENT) {
        Difference.between(schema(), declared(desired, ensure), provider().observe(desired, host)).get()
    }

    private String file(String version) {
        folder.resolve("repository/${NAME}_${version}.deb") as String
    }

    private static PkgResource pkg(Map given = [:]) {
        new PkgResource(
            PkgName.parse(given.name ?: NAME),
            PkgVersion.parse(given.version ?: 'installed'),
            Optional.ofNullable(given.hold as Boolean),
            Optional.ofNullable(given.source as String).map { PkgSource.parse(it, { name -> Path.of(name) } as SiteFiles) },
            given.purge ?: false,
            given.options ?: [],
            Optional.ofNullable(given.recommends as Boolean),
            given.allowDowngrade ?: false,
            ConfigFiles.valueOf((given.configFiles ?: 'keep').toString().toUpperCase()),
            given.updateMaxAge ?: Duration.ofHours(24),
            given.lockTimeout ?: Duration.ofMinutes(1))
    }

    def "what dpkg was killed at is completed, so that apt goes on"() {
        given: 'a package whose script kills dpkg, the first time'
        Path mark = folder.resolve('mark')
        repository.add(NAME, '3.0', postinst: "if [ ! -e $mark ]; then touch $mark; kill -9 \$PPID; fi")
        repository.publish()
        repository.run('apt-get', '-y', 'install', NAME)

        expect:
        repository.status(NAME).contains('half-configured')

        when:
        recover(pkg())

        then:
        repository.status(NAME) == 'install ok installed 3.0'
        difference(pkg()).empty

        when:
        converge(pkg(name: 'converge-test-b'))

        then:
        repository.status('converge-test-b') == 'install ok installed 1:1.0-1'
    }

    def "nothing is run where dpkg was not interrupted"() {
        given:
        repository.ran.clear()

        when:
        recover(pkg())

        then:
        repository.ran.empty
    }
}
