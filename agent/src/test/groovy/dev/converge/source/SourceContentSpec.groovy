package dev.converge.source

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires

/** What a commit may have in it, and what not. */
@Requires({ ['git', '--version'].execute().waitFor() == 0 })
class SourceContentSpec extends GitSourceSpecification {
    def "a commit with #what is refused, and what is in force stays so"() {
        given:
        origin.commit('a.groovy': 'one\n')
        def good = follow()
        def script = "blob=\$(echo x | git hash-object -w --stdin); tree=\$(printf '100644 blob %s\\tf\\n' \$blob | git mktree); $tree" +
            '; git update-ref HEAD $(git commit-tree -p HEAD -m odd $tree)'
        def builder = new ProcessBuilder('sh', '-ec', script).directory(origin.folder.toFile()).redirectErrorStream(true)
        ['AUTHOR', 'COMMITTER'].each { builder.environment().putAll(("GIT_${it}_NAME" as String): 'Ada', ("GIT_${it}_EMAIL" as String): 'a@b') }
        def process = builder.start()
        assert process.waitFor() == 0 : process.inputStream.text

        when:
        def refused = fetch()

        then:
        refused instanceof Fetched.Refused
        refused.why().detail().contains(said)
        open().withCloseable { it.inForce().get() } == good

        where:
        what                     | said       | tree
        'a name that is there twice' | 'twice'    | 'tree=$(printf "100644 blob %s\\ta\\n040000 tree %s\\ta\\n" $blob $tree | git mktree)'
        'a name of 300 letters'  | 'too long' | 'tree=$(printf "040000 tree %s\\t%0300d\\n" $tree 1 | git mktree)'
        '600 folders in another' | 'too long' | 'for i in $(seq 600); do tree=$(printf "040000 tree %s\\td\\n" $tree | git mktree); done'
    }

    def "a link that leads out of the site is refused: #target"() {
        given:
        Files.createDirectories(origin.folder.resolve('deep/er'))
        Files.writeString(origin.folder.resolve('top'), '')
        Files.createSymbolicLink(origin.folder.resolve('deep/er/up'), Path.of('../..'))
        Files.createSymbolicLink(origin.folder.resolve('link'), Path.of(target))
        origin.commit('a.groovy': 'one\n')

        when:
        def refused = fetch()

        then:
        refused instanceof Fetched.Refused
        refused.why().detail().contains('link')

        where:
        target << ['/etc/passwd', '../x', 'deep/er/up/..', 'deep/../../x', 'link']
    }

    def "links inside it are let alone: #target"() {
        given:
        Files.createDirectories(origin.folder.resolve('deep/er'))
        Files.createSymbolicLink(origin.folder.resolve('link'), Path.of(target))
        origin.commit('a.groovy': 'one\n')

        expect:
        follow()
        fetch() instanceof Fetched.Same

        where:
        target << ['a.groovy', 'deep/../a.groovy', 'not-there', './a.groovy']
    }
}
