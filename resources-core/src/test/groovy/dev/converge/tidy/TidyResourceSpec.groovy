package dev.converge.tidy

import dev.converge.FolderHost
import dev.converge.FolderTree
import dev.converge.ProviderContractSpec
import dev.converge.diagnostic.SourceRange
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Duration
import java.time.Instant
import spock.lang.TempDir

/** Rubbish below a folder, in a host that is a folder. */
class TidyResourceSpec extends ProviderContractSpec<TidyResource> {
    @TempDir
    Path root

    Path folder
    List<String> alsoDeclared = []

    def setup() {
        folder = Files.createDirectories(root.resolve('var/app'))
        make('old.log', 10)
        make('new.log', 0)
        make('old.txt', 10, 2000)
        make('sub/old.log', 10)
        make('sub/deep/old.log', 10)
        age(folder.resolve('sub/deep'), 10)
        age(folder.resolve('sub'), 10)
    }

    private Path make(String name, int days, int size = 1) {
        def file = folder.resolve(name)
        Files.createDirectories(file.parent)
        Files.write(file, new byte[size])
        age(file, days)
        file
    }

    private static void age(Path path, int days) {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now() - Duration.ofDays(days)))
    }

    @Override
    TidyType schema() {
        new TidyType()
    }

    @Override
    Host newHost() {
        def host = new FolderHost(root)
        def declared = alsoDeclared.collect { new Declared(new ResourceId('file', it), tidy(age: '1d'), Ensure.PRESENT, SourceRange.point('s', 1, 1), Policy.none()) }
        DeclaredResources.publish(Catalog.of(declared, [], [], []).value().get(), host)
        host
    }

    @Override
    Map<String, Closure<TidyResource>> samples() {
        [
            'folder with old files': { tidy(age: '7d') },
            'tree with old files': { tidy(age: '7d', recurse: true, directories: true) },
            'folder that is not there': { resource('/var/none', [age: '7d']) },
            'folder with large files': { tidy(size: '1K') },
        ]
    }

    private TidyResource tidy(Map<String, ?> attributes) {
        resource('/var/app', attributes)
    }

    private List<String> left() {
        Files.walk(folder).withCloseable { paths -> paths.filter { it != folder }.map { folder.relativize(it) as String }.sorted().toList() }
    }

    def "#attributes removes #gone"() {
        given:
        def before = left()

        when:
        converge(tidy(attributes))

        then:
        before - left() == gone

        where:
        attributes                                              || gone
        [age: '7d']                                             || ['old.log', 'old.txt']
        [age: '11d']                                            || []
        [age: '7d', matches: ['*.log']]                         || ['old.log']
        [matches: ['*.log']]                                    || ['new.log', 'old.log']
        [size: '1K']                                            || ['old.txt']
        [size: '1K', matches: ['*.log']]                        || []
        [age: '7d', recurse: true]                              || ['old.log', 'old.txt', 'sub/deep/old.log', 'sub/old.log']
        [age: '7d', recurse: true, matches: ['sub/*']]          || ['sub/old.log']
        [age: '7d', recurse: true, matches: ['sub/**']]         || ['sub/deep/old.log', 'sub/old.log']
        [age: '7d', recurse: true, directories: true]           || ['old.log', 'old.txt', 'sub', 'sub/deep', 'sub/deep/old.log', 'sub/old.log']
        [age: '7d', recurse: true, directories: true, matches: ['deep/*', 'sub/deep/*']] || ['sub/deep', 'sub/deep/old.log']
    }

    def "a young empty folder stays"() {
        given:
        Files.createDirectory(folder.resolve('young'))

        when:
        converge(tidy(age: '7d', recurse: true, directories: true))

        then:
        Files.isDirectory(folder.resolve('young'))
    }

    def "links, pipes and what they lead to stay"() {
        given:
        def elsewhere = Files.createDirectories(root.resolve('etc'))
        def kept = Files.writeString(elsewhere.resolve('old.log'), 'kept')
        age(kept, 10)
        Files.createSymbolicLink(folder.resolve('link'), elsewhere)
        Files.createSymbolicLink(folder.resolve('file-link'), kept)
        ['mkfifo', folder.resolve('pipe') as String].execute().waitFor()

        when:
        converge(tidy(age: '0s', recurse: true, directories: true))

        then:
        left() == ['file-link', 'link', 'pipe']
        Files.readString(kept) == 'kept'
    }

    def "what is declared stays, and the folders above it"() {
        given:
        alsoDeclared = ['/var/app/sub/deep/old.log', '/var/app/old.txt']

        when:
        converge(tidy(age: '7d', recurse: true, directories: true))

        then:
        left() == ['new.log', 'old.txt', 'sub', 'sub/deep', 'sub/deep/old.log']
    }

    def "the change counts all and names the first twenty"() {
        given:
        (1..30).each { make(String.format('many/%02d', it), 10, 1024) }

        when:
        def before = FolderTree.of([root])
        def change = difference(tidy(age: '7d', recurse: true, matches: ['many/*'])).get()
        def seen = change.before().get()

        then:
        seen.rubbish() == '30 files of 30.0 KiB'
        seen.files().text().get().readLines().with { [it.first(), it[19], it.last(), it.size()] } == ['many/01 (1.0 KiB)', 'many/20 (1.0 KiB)', '… and 10 more', 21]
        FolderTree.of([root]) == before
    }

    def "what is removed is kept only when that is said"() {
        given:
        def host = newHost()

        when:
        provider().apply(difference(tidy(age: '7d', backup: backup)).get(), host)

        then:
        host.kept*.toString() == kept

        where:
        backup || kept
        false  || []
        true   || ['/var/app/old.log', '/var/app/old.txt']
    }

    def "a path that is no folder is a failure: #what"() {
        given:
        def path = root.resolve('var/x')
        what == 'a link' ? Files.createSymbolicLink(path, folder) : Files.writeString(path, '')

        when:
        converge(resource('/var/x', [age: '0s']))

        then:
        thrown(ResourceFailure)
        left().size() == 7

        where:
        what << ['a link', 'a file']
    }

    def "outside a run nothing is removed, since nobody knows what is declared"() {
        when:
        provider().observe(tidy(age: '7d'), new FolderHost(root))

        then:
        thrown(ResourceFailure)
    }

    def "#size is #bytes bytes"() {
        expect:
        FileSize.parse(size).bytes() == bytes
        FileSize.parse(FileSize.parse(size) as String).bytes() == bytes

        where:
        size   || bytes
        '0'    || 0
        '1000' || 1000
        '4K'   || 4096
        '10 M' || 10 * 1024 * 1024
        '2G'   || 2L * 1024 * 1024 * 1024
    }

    def "#path with #attributes is refused"() {
        when:
        resource(path, attributes)

        then:
        thrown(InvalidValueException)

        where:
        path       | attributes
        '/var/app' | [:]
        '/'        | [age: '1d']
        'var'      | [age: '1d']
        '/var/app' | [age: '7']
        '/var/app' | [size: '1X']
        '/var/app' | [matches: ['[']]
        '/var/app' | [age: '1d', directories: true]
    }
}
