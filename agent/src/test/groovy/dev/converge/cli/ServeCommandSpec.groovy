package dev.converge.cli

import java.nio.file.Files

/** What {@code converge serve} refuses before it serves, and what its help tells. */
class ServeCommandSpec extends CliSpecification {
    def "an option that would be passed over in silence is refused: #options"() {
        given:
        def site = Files.createDirectories(folder.resolve('site'))
        Files.writeString(site.resolve('site.groovy'), "notice 'hello'\n")
        def words = options.collect { it == 'SITE' ? site.toString() : it }

        expect:
        run(*(['serve'] + words)) == 1
        err.startsWith('error: Bad option\n')
        err.contains("Leave $option out.")

        where:
        options                                                       || option
        ['SITE', '--ref', 'main']                                     || '--ref'
        ['SITE', '--agent-file', 'agent.yaml']                        || '--agent-file'
        ['https://git.example.com/x.git', '--agent-file', 'a.yaml']   || '--agent-file'
        ['--ref', 'main', '--agent-file', 'agent.yaml']               || '--ref'
    }

    def "what is missing in #words is said with what to write"() {
        expect:
        run(*(['serve'] + words)) == 1
        err.contains(advice)

        where:
        words                                                          || advice
        ['git@git.example.com:site.git']                               || 'converge serve --agent-file FILE.'
        ['https://git.example.com/x.git', '--url', 'boot.example.com'] || 'Write it such as https://boot.example.com.'
    }

    def "its help tells where hosts are written down, and what they ask for"() {
        expect:
        converge('serve', '--help') == 0
        ['serve.hosts', '/HOST/user-data', '/HOST/ipxe', '/healthz'].every { out.contains(it) }
        out.readLines().every { it.size() <= 100 }
    }
}
