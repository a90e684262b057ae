package dev.converge.source

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Whatever a repository has, it does not fill the disk, and what is in force stays. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
@Timeout(120)
class SourceSizeSpec extends Specification {
    @TempDir
    Path folder
    GitRepository origin
    SiteSource source

    def setup() {
        origin = new GitRepository(folder.resolve('site'))
        origin.commit('site/a.groovy': 'one\n')
    }

    def cleanup() {
        source?.close()
    }

    private SiteSource open(Map<String, Object> given = [:]) {
        source?.close()
        source = SiteSource.open(Sources.settings([sizeLimit: 1L << 20] + given, "file://$origin.folder"), folder.resolve('state'))
    }

    private SiteCopy follow() {
        SiteCopy good = open().fetch().copy()
        source.accept(good)
        good
    }

    private void big(String name, int mebibytes) {
        def bytes = new byte[1 << 20]
        def random = new Random(7)
        Files.createDirectories(origin.folder.resolve(name).parent)
        origin.folder.resolve(name).toFile().withOutputStream { out ->
            mebibytes.times {
                random.nextBytes(bytes)
                out.write(bytes)
            }
        }
        origin.commit([:])
    }

    def "a commit whose files are #what is refused with what to do, until the limit is raised"() {
        given:
        def good = follow()
        push.call(this)

        when:
        Fetched.Refused refused = source.fetch()

        then:
        refused.commit() == origin.head()
        refused.why().detail().contains('more room than 1M')
        refused.why().suggestion().get().contains('source.sizeLimit')
        source.inForce().get() == good

        when:
        def fetched = open(sizeLimit: 1L << 30).fetch()

        then:
        fetched.copy().commit() == origin.head()

        where:
        what       | push
        'too large'| { it.origin.commit('site/big': 'x' * (2 << 20)) }
        'too many' | { it.origin.commit((1..300).collectEntries { n -> ["site/$n" as String, ''] }) }
    }

    def "whoever serves an address without a file is told where a limit can be raised"() {
        given:
        big('site/big', 2)

        when:
        Fetched fetched = open(hasFile: false).fetch()

        then:
        fetched.why().suggestion().get().endsWith('raise source.sizeLimit in a file for converge serve --agent-file FILE.')
    }

    def "a repository that brings too much is cut off, though the site's own folder is small"() {
        given:
        def good = follow()
        big('other/big', 64)
        origin.git('rm', '-q', '--cached', '-r', 'other')
        origin.git('commit', '-q', '-m', 'without it')

        when:
        Fetched.Unreachable cut = open(path: '').fetch()

        then:
        cut.why().detail().contains('more than 1M')
        source.inForce().get() == good
        TreeSize.of(folder.resolve('state')) < 48 << 20 // it is looked at now and then

        when:
        def fetched = open(sizeLimit: 1L << 30).fetch()

        then:
        fetched.copy().commit() == origin.head()
    }

    def "a submodule that cannot be had is named"() {
        given:
        def part = new GitRepository(folder.resolve('part'))
        part.commit('p': 'part\n')
        origin.git('submodule', 'add', '-q', "file://$part.folder", 'lib/part')
        origin.commit([:])
        part.folder.toFile().renameTo(folder.resolve('away').toFile())

        when:
        Fetched.Unreachable away = open(submodules: true).fetch()

        then:
        away.why().detail().startsWith('The submodule lib/part cannot be had.')
    }
}
