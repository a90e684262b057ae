package dev.converge.language

import dev.converge.schema.CatalogJson
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** Compiled manifests are kept, and used only when they are exactly what was kept. */
class CompileCacheSpec extends Specification {
    @TempDir
    Path folder

    CompileCache cache
    Path entry

    final CompiledSite compiled = new CompiledSite(['site.groovy'], ['manifest_site'], [manifest_site: [1, 2, 3] as byte[]])
    final String key = CompileCache.key(['a'])

    def setup() {
        cache = new CompileCache(Optional.of(folder.resolve('cache')))
        cache.keep(key, compiled)
        entry = folder.resolve('cache').resolve(key)
    }

    def "what was kept is found"() {
        given:
        def found = cache.find(key).get()

        expect:
        found.sources() == compiled.sources()
        found.scriptClasses() == compiled.scriptClasses()
        found.classes().manifest_site == [1, 2, 3] as byte[]
        cache.find(CompileCache.key(['b'])).empty
    }

    def "the oldest entries go, so that a folder of manifests that is edited every day does not fill the disk"() {
        given:
        def keys = (0..<300).collect { CompileCache.key(["edit $it" as String]) }

        when:
        keys.eachWithIndex { key, i ->
            cache.keep(key, compiled)
            folder.resolve("cache/$key").toFile().setLastModified(1_000_000_000_000L + i * 1000)
        }

        then:
        folder.resolve('cache').toFile().list().length <= 256
        cache.find(keys.first()).empty
        cache.find(keys.last()).present
    }

    def "an entry with any byte changed is not used"() {
        given:
        byte[] good = Files.readAllBytes(entry)

        expect:
        (0..<good.length).every { i ->
            byte[] bad = good.clone()
            bad[i] = (byte) (bad[i] ^ 0x41)
            Files.write(entry, bad)
            cache.find(key).empty
        }
    }

    def "a truncated or lengthened entry is not used"() {
        given:
        byte[] good = Files.readAllBytes(entry)

        expect:
        (0..<good.length).every { length ->
            Files.write(entry, Arrays.copyOf(good, length))
            cache.find(key).empty
        }
        Files.write(entry, Arrays.copyOf(good, good.length + 1))
        cache.find(key).empty
    }

    def "an entry that #who may write is not used"() {
        given:
        Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString(mode))

        expect:
        cache.find(key).empty

        where:
        who          | mode
        'a group'    | 'rw-rw----'
        'anybody'    | 'rw----rw-'
    }

    @Requires({ new File('/proc/self').toPath().with { java.nio.file.Files.getAttribute(it, 'unix:uid') == 0 } })
    def "an entry of another user is not used"() {
        given:
        Files.setAttribute(entry, 'unix:uid', 65534)

        expect:
        cache.find(key).empty
    }

    def "a folder in which others may write is not written to"() {
        given:
        Files.setPosixFilePermissions(folder.resolve('cache'), PosixFilePermissions.fromString('rwxrwxrwx'))

        when:
        cache.keep(CompileCache.key(['b']), compiled)

        then:
        cache.find(CompileCache.key(['b'])).empty
    }

    def "a symbolic link in the place of an entry is not used"() {
        given:
        def elsewhere = folder.resolve('elsewhere')
        Files.move(entry, elsewhere)
        Files.createSymbolicLink(entry, elsewhere)

        expect:
        cache.find(key).empty
    }

    def "keys differ with each part and with where one ends"() {
        expect:
        [[], [''], ['a'], ['b'], ['a', ''], ['', 'a'], ['a', 'b'], ['ab'], ['b', 'a']].collect { CompileCache.key(it) }.toSet().size() == 9
    }

    def "a #change of the site is compiled anew"() {
        given:
        def site = new SiteFolder(folder.resolve('site'))
        site.cache = Optional.of(folder.resolve('site-cache'))
        site.manifest("include 'a'").write('a.groovy', "notice 'one'")

        expect:
        site.ids() == ['notice[one]']

        when:
        edit.call(site)

        then:
        site.ids() == ids

        where:
        change           | edit                                                                            || ids
        'changed text'   | { it.write('a.groovy', "notice 'two'") }                                        || ['notice[two]']
        'moved file'     | { it.write('b/a.groovy', "notice 'two'").manifest("include 'b/a'") }            || ['notice[two]']
        'damaged entry'  | { s -> s.cache.get().toFile().eachFile { it.bytes = [0] as byte[] } }           || ['notice[one]']
        'removed cache'  | { s -> s.cache.get().toFile().deleteDir() }                                     || ['notice[one]']
    }

    def "several writers at once leave a good entry"() {
        given:
        def site = new SiteFolder(folder.resolve('site')).manifest("notice 'a'")
        site.cache = Optional.of(folder.resolve('shared'))
        def pool = Executors.newFixedThreadPool(4)

        expect:
        pool.invokeAll((1..8).collect { { -> site.ids() } as Callable })*.get().toSet() == [['notice[a]']] as Set
        site.ids() == ['notice[a]']

        cleanup:
        pool.shutdown()
    }

    def "the same site gives the same catalog, with a cache, without, and in another folder"() {
        given:
        def text = """
            def users = [zoe: 3, adam: 1, 'émile': 2]
            users.each { n, i -> widget(n) { color "c\$i"; parts users.keySet().toList(); labels users.collectEntries { k, v -> [(k): v.toString()] } } }
            notice('last') { requires users.keySet().collect { widget[it] }; tags users.keySet() }
        """
        def one = new SiteFolder(folder.resolve('one')).manifest(text)
        def two = new SiteFolder(folder.resolve('deeper/two')).manifest(text)
        two.cache = Optional.of(folder.resolve('two-cache'))

        expect:
        [one, one, two, two].collect { it.catalog() }.collect { "${it.resources()} ${it.edges()}".toString() }.toSet().size() == 1
    }
}
