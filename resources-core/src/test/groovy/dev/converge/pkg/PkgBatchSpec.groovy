package dev.converge.pkg

import dev.converge.diagnostic.SourceRange
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy as ResourcePolicy
import dev.converge.model.ResourceId
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Difference
import dev.converge.testhost.DebianRoot
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What one bad package among many costs the others: nothing. Needs root; its packages are tiny. */
@Requires({ TestHost.possible })
@Timeout(300)
class PkgBatchSpec extends Specification {
    private static final List<String> GOOD = (1..8).collect { "converge-test-g$it".toString() }

    @Shared
    @AutoCleanup
    DebianRoot debian = DebianRoot.make()

    @TempDir
    Path folder
    PackageRepository repository

    void setup() {
        repository = new PackageRepository(folder, debian)
        repository.clean()
    }

    void cleanup() {
        repository.clean()
    }

    def "among good ones, #what fails alone and says why, in #most transactions or fewer"() {
        given:
        GOOD.each { repository.add(it, '1.0') }
        bad.each { name, fields -> repository.add(fields, "converge-test-$name", '1.0') }
        repository.publish()
        lost.each { Files.delete(folder.resolve("repository/converge-test-${it}_1.0.deb")) }

        when:
        def failed = install(GOOD.take(4) + wanted.collect { "converge-test-$it".toString() } + GOOD.drop(4))

        then:
        failed.keySet()*.name() as Set == wanted.findAll { !(it in fine) }.collect { "converge-test-$it".toString() } as Set
        GOOD.every { repository.status(it).startsWith('install ok installed') }
        fine.every { repository.status("converge-test-$it").startsWith('install ok installed') }
        wanted.findAll { !(it in fine) }.every { name ->
            def failure = failed.find { id, why -> id.name() == "converge-test-$name" }.value
            assert failure.message.contains("\"converge-test-$name\"")
            assert reasons[name].any { failure.message.contains(it) }
            true
        }
        installations() <= most

        where:
        what                            | bad                                                                             | lost   | most || reasons
        'a script that fails'           | [b: [postinst: 'echo no luck >&2; exit 7']]                                     | []     | 1    || [b: ['exit status 7']]
        'what needs a missing one'      | [b: [Depends: 'converge-test-none']]                                            | []     | 3    || [b: ['converge-test-none']]
        'what needs one that fails'     | [b: [postinst: 'exit 7'], c: [Depends: 'converge-test-b']]                      | []     | 1    || [b: ['exit status 7'], c: ['dependency problems']]
        'two that fail apart'           | [b: [postinst: 'exit 7'], c: [Depends: 'converge-test-none']]                   | []     | 5    || [b: ['exit status 7'], c: ['converge-test-none']]
        'a file of another package'     | [b: [files: ['usr/share/converge-test/x': 'b']], c: [files: ['usr/share/converge-test/x': 'c']]] | [] | 3 || [c: ['trying to overwrite']]
        'one that cannot be fetched'    | [b: [:]]                                                                        | ['b']  | 4    || [b: ['Failed to fetch', 'File not found']]
        'one that fights another'       | [b: [:], c: [Conflicts: 'converge-test-b']]                                     | []     | 6    || [c: ['would remove', 'conflict', 'Conflicts']]
        wanted = bad.keySet() as List
        fine = wanted - (reasons.keySet() as List)
    }

    def "an unknown name among twenty costs the others no transaction"() {
        given:
        def good = (1..20).collect { "converge-test-g$it".toString() }
        good.each { repository.add(it, '1.0') }
        repository.publish()

        when:
        def failed = install(good.take(7) + 'converge-test-none' + good.drop(7))

        then:
        failed.keySet()*.name() == ['converge-test-none']
        good.every { repository.status(it).startsWith('install ok installed') }
        installations() == 1
    }

    def "what would stop any package is told once, and not tried again"() {
        given:
        GOOD.each { repository.add(it, '1.0') }
        repository.publish()
        def lock = java.nio.channels.FileChannel.open(debian.path('/var/lib/dpkg/lock-frontend'), java.nio.file.StandardOpenOption.WRITE)
        def held = lock.lock()

        when:
        def failed = install(GOOD)

        then:
        failed.size() == GOOD.size()
        failed.values()*.message.count { it.contains('locked') } == 1
        failed.values()*.message.count { it.contains("with pkg[${GOOD[0]}], which tells why") } == GOOD.size() - 1
        installations() == 1

        cleanup:
        held?.release()
        lock?.close()
    }

    private int installations() {
        repository.ran.count { it.startsWith('apt-get install') }
    }

    private Map<ResourceId, ResourceFailure> install(List<String> names) {
        Host host = repository.host()
        def changes = names.collect { change(it, host) }
        repository.ran.clear()
        new PkgProvider().applyAll(changes, host)
    }

    private static Change<PkgResource> change(String name, Host host) {
        def desired = new PkgResource(PkgName.parse(name), PkgVersion.ANY, Optional.empty(), Optional.empty(), false, [],
            Optional.empty(), false, ConfigFiles.KEEP, Duration.ofHours(24), Duration.ofSeconds(1))
        def declared = new Declared<>(new ResourceId('pkg', name), desired, Ensure.PRESENT,
            SourceRange.point('site.groovy', 1, 1), ResourcePolicy.none())
        Difference.between(new PkgType(), declared, new PkgProvider().observe(desired, host)).get()
    }
}
