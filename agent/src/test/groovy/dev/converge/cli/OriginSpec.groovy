package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper

/** What a report says of where its catalog came from. */
class OriginSpec extends CliSpecification {
    private Map origin(String... words) {
        run(*(['--output', 'json'] + (words as List)))
        JsonMapper.shared().readValue(out, Map).origin as Map
    }

    private String git(Path where, String... words) {
        def builder = new ProcessBuilder(['git', '-c', 'user.name=a', '-c', 'user.email=a@example.com'] + (words as List))
            .directory(where.toFile()).redirectErrorStream(true)
        builder.environment().putAll(GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null')
        def process = builder.start()
        process.inputStream.text.strip()
    }

    def "a site under Git has a commit, and a run with something to tell says whether the site is as the commit is"() {
        given:
        def place = site("file('${folder.resolve('a')}') { content 'x' }\n")
        def top = Path.of(place)
        git(top, 'init', '-q')
        git(top, 'add', '.')
        git(top, 'commit', '-q', '-m', 'one')
        def id = git(top, 'rev-parse', 'HEAD')

        expect:
        origin('--dry-run', place).subMap('commit', 'modified') == [commit: id, modified: false]
        origin(place).subMap('commit', 'modified') == [commit: id, modified: false]
        origin(place).subMap('commit', 'modified') == [commit: id]

        when:
        site("file('${folder.resolve('a')}') { content 'y' }\n")

        then:
        origin(place).subMap('commit', 'modified') == [commit: id, modified: true]
    }

    def "a site that is not under Git has none"() {
        expect:
        origin('--dry-run', site("notice('a')\n")).keySet() == ['sources', 'facts'] as Set
    }

    def "facts count as far as they are read"() {
        given:
        def none = origin(site("notice('a')\n"))
        def one = origin(site("notice(facts.hostname)\n"))

        expect:
        none.facts == 'ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356' // echo '{}' | sha256sum
        one.facts != none.facts
        one.sources != none.sources
    }

    def "a kept report has it too, and a run in sync does not look for it"() {
        given:
        def place = site("file('${folder.resolve('a')}') { content 'x' }\n")

        expect:
        run(place) == 0
        def reports = folder.resolve('state/reports').toFile().listFiles()
        reports.size() == 1
        JsonMapper.shared().readValue(reports[0], Map).origin.sources =~ /^[0-9a-f]{64}$/
    }
}
