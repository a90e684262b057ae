package dev.converge.file

import dev.converge.FolderHost
import dev.converge.FolderTree
import dev.converge.ProviderContractSpec
import dev.converge.diagnostic.SourceRange
import dev.converge.host.LocalCommands
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Policy
import dev.converge.model.ResourceId
import dev.converge.model.SiteFiles
import dev.converge.provider.DeclaredResources
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir

/** Directories and whole trees on the real file system. */
class DirectoryResourceSpec extends ProviderContractSpec<DirectoryResource> {
    @TempDir
    Path folder

    @TempDir
    Path site

    List<Path> kept = []
    List<String> declared = []

    @Override
    DirectoryType schema() {
        new DirectoryType()
    }

    @Override
    Host newHost() {
        def host = new FolderHost(Path.of('/'), new LocalCommands(Path.of('/')))
        host.kept = kept
        def resources = declared.collect {
            new Declared(new ResourceId('file', it), directory(), Ensure.PRESENT, SourceRange.point('s', 1, 1), Policy.none())
        }
        DeclaredResources.publish(Catalog.of(resources, [], [], []).value().get(), host)
        host
    }

    @Override
    Collection<Path> watched() {
        [folder, site]
    }

    @Override
    SiteFiles siteFiles() {
        { String name -> site.resolve(name) }
    }

    @Override
    Map<String, Closure<DirectoryResource>> samples() {
        [
            'directory': { directory(force: true) },
            'directory with a name in UTF-8': { resource("$folder/grüße 你好") },
            'directory with owner, group and mode': { directory(owner: 'root', group: '0', mode: '2750') },
            'directory with a symbolic mode': { directory(mode: 'u=rwX,g=rX,o=') },
            'directory with parents': { resource("$folder/a/b/c", [parents: true]) },
            'copied tree': { tree(); directory(source: 'tree', force: true) },
            'copied tree with modes': { tree(); directory(source: 'tree', fileMode: 'u=rw,go=', dirMode: '0700', force: true) },
            'tree copied from the host': { tree(); directory(source: "$site/tree", force: true) },
            'purged directory': { present('x', 'y'); directory(purge: true, force: true) },
        ]
    }

    DirectoryResource directory(Map<String, ?> attributes = [:]) {
        resource("$folder/d", attributes)
    }

    Path d(String relative = '') {
        folder.resolve('d').resolve(relative)
    }

    /** A source with text, bytes, a program, links and an empty folder. */
    void tree() {
        Files.createDirectories(site.resolve('tree/sub/deep'))
        Files.createDirectories(site.resolve('tree/empty'))
        Files.writeString(site.resolve('tree/grüße.txt'), 'ä')
        Files.write(site.resolve('tree/sub/bytes'), [0, 1, -1] as byte[])
        Files.writeString(site.resolve('tree/sub/deep/program'), '#!/bin/sh\n')
        Files.setAttribute(site.resolve('tree/sub/deep/program'), 'unix:mode', 0755)
        Files.createSymbolicLink(site.resolve('tree/link'), Path.of('sub/bytes'))
        Files.createSymbolicLink(site.resolve('tree/dangling'), Path.of('nowhere'))
    }

    void present(String... names) {
        names.each {
            Files.createDirectories(d(it).parent)
            Files.writeString(d(it), 'old')
        }
    }

    static String mode(Path path) {
        Integer.toOctalString((Files.getAttribute(path, 'unix:mode', LinkOption.NOFOLLOW_LINKS) as int) & 07777)
    }

    String contents(Map<String, ?> attributes) {
        def change = difference(directory(attributes)).get()
        def named = change.attributes().find { it.attribute().name() == 'contents' }
        named.before().get() as String
    }

    def "a new directory without a mode is 0755"() {
        when:
        converge(directory())

        then:
        mode(d()) == '755'
    }

    def "a tree is copied with its links, and programs can be run"() {
        given:
        tree()

        when:
        converge(directory(source: 'tree'))

        then:
        Files.readString(d('grüße.txt')) == 'ä'
        Files.readAllBytes(d('sub/bytes')) == [0, 1, -1] as byte[]
        Files.readSymbolicLink(d('link')) == Path.of('sub/bytes')
        Files.readSymbolicLink(d('dangling')) == Path.of('nowhere')
        Files.isDirectory(d('empty'))
        mode(d('sub/deep/program')) == '755'
        mode(d('grüße.txt')) == '644'
        mode(d('sub')) == '755'
        FolderTree.of([d()]).keySet().every { !it.contains('.converge-') }
    }

    def "what differs below it is one change that counts and names it"() {
        given:
        tree()
        converge(directory(source: 'tree'))
        Files.writeString(d('grüße.txt'), 'edited')
        Files.delete(d('sub/deep/program'))
        Files.delete(d('link'))
        Files.createSymbolicLink(d('link'), Path.of('elsewhere'))
        Files.setAttribute(d('sub/bytes'), 'unix:mode', 0600)
        present('extra')

        expect:
        contents(source: 'tree') == '1 missing (sub/deep/program), 2 different (grüße.txt, link)'
        contents(source: 'tree', fileMode: '0644', purge: true).contains('1 with another owner, group or mode (sub/bytes)')
        contents(source: 'tree', purge: true).contains('1 not declared (extra)')

        when:
        converge(directory(source: 'tree', purge: true))

        then:
        Files.readString(d('grüße.txt')) == 'ä'
        !Files.exists(d('extra'))
        kept as Set == [d(), d('grüße.txt'), d('link'), d('extra'), d('sub/deep/program')] as Set
        difference(directory(source: 'tree', purge: true)).empty
    }

    def "what is there already stays when nothing is purged"() {
        given:
        tree()
        present('extra', 'more/extra')

        when:
        converge(directory(source: 'tree', fileMode: '0600'))

        then:
        Files.readString(d('more/extra')) == 'old'
        mode(d('extra')) != '600'
    }

    def "purging leaves what is declared, what leads there, and what is ignored"() {
        given:
        present('mine', 'keep/below/declared', 'keep/other', 'a.bak', 'cache/deep/x', 'gone/x')
        declared = ["$folder/d/mine" as String, "$folder/d/keep/below/declared" as String, "$folder/d-not" as String]

        when:
        converge(directory(purge: true, force: true, ignore: ['*.bak', 'cache']))

        then:
        FolderTree.of([d()]).keySet().collect { d().relativize(Path.of(it)) as String } as Set ==
            ['', 'mine', 'keep', 'keep/below', 'keep/below/declared', 'a.bak', 'cache', 'cache/deep', 'cache/deep/x'] as Set
    }

    def "a file that another resource declares is not copied over"() {
        given:
        tree()
        declared = ["$folder/d/grüße.txt" as String]
        present('grüße.txt')

        when:
        converge(directory(source: 'tree', purge: true))

        then:
        Files.readString(d('grüße.txt')) == 'old'
    }

    def "a name that is not UTF-8 is copied, purged and compared as any other"() {
        given:
        ["$site/tree", "$folder/d"].each { Files.createDirectories(Path.of(it)) }
        sh("cd '$site/tree' && : >\"\$(printf 'a\\377b')\" && cd '$folder/d' && : >\"\$(printf 'c\\377d')\"")

        when:
        converge(directory(source: 'tree', purge: true))

        then:
        sh("LC_ALL=C ls -b '$folder/d'") == 'a\\377b'
        difference(directory(source: 'tree', purge: true)).empty
    }

    private static String sh(String script) {
        ['sh', '-c', script].execute().text.strip()
    }

    def "whole directories are purged only with force"() {
        given:
        present('sub/x', 'file')

        when:
        provider().check(difference(directory(purge: true)).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('sub')
    }

    def "nothing is purged outside a run"() {
        given:
        present('x')
        def host = newHost()
        host.invalidate(DeclaredResources)

        when:
        provider().observe(directory(purge: true), host)

        then:
        thrown(ResourceFailure)
        Files.exists(d('x'))
    }

    def "nothing is written through a link below it"() {
        given:
        tree()
        Files.createDirectories(d())
        Files.createDirectories(folder.resolve('elsewhere'))
        Files.createSymbolicLink(d('sub'), folder.resolve('elsewhere'))

        when:
        converge(directory(source: 'tree', force: true))

        then:
        folder.resolve('elsewhere').toFile().list().length == 0
        Files.isDirectory(d('sub'), LinkOption.NOFOLLOW_LINKS)
    }

    def "a directory that is not empty is removed only with force"() {
        given:
        present('x')

        when:
        converge(directory(), Ensure.ABSENT)

        then:
        thrown(ResourceFailure)

        when:
        converge(directory(force: true), Ensure.ABSENT)

        then:
        !Files.exists(d())
        kept == [d()]
    }

    def "a file in its place goes only with force"() {
        given:
        Files.writeString(d(), 'x')

        when:
        converge(directory())

        then:
        thrown(ResourceFailure)

        when:
        converge(directory(force: true))

        then:
        Files.isDirectory(d())
        kept == [d()]
    }

    def "a link to a directory stands for that directory"() {
        given:
        Files.createDirectory(folder.resolve('real'))
        Files.createSymbolicLink(d(), Path.of('real'))

        when:
        converge(directory(mode: '0711'))

        then:
        Files.isSymbolicLink(d())
        mode(folder.resolve('real')) == '711'

        when:
        converge(directory(), Ensure.ABSENT)

        then:
        !Files.exists(d(), LinkOption.NOFOLLOW_LINKS)
        Files.exists(folder.resolve('real'))
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "a link that a stranger made does not stand for a directory"() {
        given:
        Files.createDirectory(folder.resolve('real'))
        Files.createSymbolicLink(d(), Path.of('real'))
        Files.setAttribute(d(), 'unix:uid', 4711, LinkOption.NOFOLLOW_LINKS)

        when:
        converge(directory(mode: '0711'))

        then:
        thrown(ResourceFailure)
        mode(folder.resolve('real')) == '755'
    }

    @Requires({ 'root' == System.getProperty('user.name') })
    def "owner and group reach what is below it with #how"() {
        given:
        tree()
        present('extra')

        when:
        converge(directory(attributes + [owner: '1', group: '2']))

        then:
        Files.getAttribute(d(below), 'unix:uid', LinkOption.NOFOLLOW_LINKS) == 1
        Files.getAttribute(d(below), 'unix:gid', LinkOption.NOFOLLOW_LINKS) == 2
        difference(directory(attributes + [owner: '1', group: '2'])).empty

        where:
        how | attributes | below
        'a source' | [source: 'tree'] | 'link'
        'recurse' | [recurse: true] | 'extra'
    }

    def "a missing parent is named, and made only when that is said"() {
        when:
        provider().check(difference(resource("$folder/no/d")).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains("$folder/no")

        when:
        converge(resource("$folder/no/such/d", [parents: true, mode: '0700']))

        then:
        mode(folder.resolve('no/such')) == '755'
        mode(folder.resolve('no/such/d')) == '700'
    }

    def "a tree of 10,000 files is one change with a short summary"() {
        given:
        100.times { int sub ->
            Files.createDirectories(site.resolve("tree/$sub"))
            100.times { Files.writeString(site.resolve("tree/$sub/$it"), "$sub $it\n") }
        }
        def desired = directory(source: 'tree')

        when:
        def change = converge(desired).get()

        then:
        change.attributes()*.attribute()*.name() == ['contents']
        difference(desired).empty

        when:
        50.times { Files.delete(d("$it/7")) }

        then:
        contents(source: 'tree') == '50 missing (0/7, 1/7, 10/7, …)'
    }

    def "#attributes is refused at compile time"() {
        given:
        Files.writeString(site.resolve('file'), 'x')

        when:
        directory(attributes)

        then:
        thrown(InvalidValueException)

        where:
        attributes << [[source: 'file'], [source: 'https://example.com/x'], [contents: 'x'], [kind: 'file'], [ignore: ['[']]]
    }

    def "what is inspected is in sync"() {
        given:
        converge(directory(mode: '2711'))

        expect:
        difference((provider() as DirectoryProvider).inspect(d() as String, newHost()).get()).empty
    }
}
