package dev.converge.sink

import dev.converge.diagnostic.Code
import dev.converge.yaml.YamlMap
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification

/** What {@code reports} of {@code agent.yaml} may say. */
class SinkKeysSpec extends Specification {
    private static final String PAGE = Files.readString(Path.of('../docs/agent.md')).split('## Reports')[1]

    private static List read(String text) {
        def problems = []
        def map = YamlMap.read('agent.yaml', text, Code.BAD_VALUE) { problems << it }.get()
        def sinks = map.maps('reports').collect { SinkKeys.read(it).orElse(null) }
        [sinks, problems]
    }

    def "the example of the documentation is understood"() {
        when:
        def (sinks, problems) = read((PAGE =~ /(?s)```yaml\n(.*?)```/)[0][1])

        then:
        problems == []
        sinks*.getClass()*.simpleName == ['FileSink', 'HttpSink', 'PrometheusSink', 'CommandSink']
    }

    def "#key of #type is documented"() {
        expect:
        PAGE.contains("| `$key` |")

        where:
        [type, key] << SinkKeys.TYPES.collectMany { type, keys -> keys.collect { [type, it] } }
    }

    def "what nobody says is usual"() {
        when:
        def (sinks, problems) = read("reports: [ { type: http, url: 'https://reports.example.com/', certificate: /etc/c.pem } ]")

        then:
        problems == []
        with(sinks[0]) {
            it.tls().key().get() == Path.of('/etc/c.pem')
            it.timeLimit() == Duration.ofSeconds(30)
            it.spoolBytes() == 64L << 20
            it.spoolAge() == Duration.ofDays(7)
        }
    }

    def "#text is refused at #line:#column"() {
        when:
        def (sinks, problems) = read("reports:\n  - { $text }\n")

        then:
        problems.collect { [it.at().get().line(), it.at().get().column()] } == [[line, column]]
        problems.every { it.suggestion().present }

        where:
        text                                                             | line | column
        'type: htpp'                                                     | 2    | 13
        'type: file, kep: 3'                                             | 2    | 19
        'type: file, keep: 0'                                            | 2    | 25
        'type: file, keepFor: 3'                                         | 2    | 28
        'type: prometheus'                                               | 2    | 5
        'type: prometheus, textfile: /x/converge.txt'                    | 2    | 35
        'type: prometheus, listen: 0'                                    | 2    | 33
        'type: command'                                                  | 2    | 5
        'type: command, command: []'                                     | 2    | 5
        'type: command, command: on-report'                              | 2    | 31
        'type: command, command: [x], timeLimit: 2h'                     | 2    | 47
        'type: http'                                                     | 2    | 5
        'type: http, url: ftp://x'                                       | 2    | 24
        'type: http, url: "https://x/", key: /k'                         | 2    | 38
        'type: http, url: "http://x/", tokenFile: /t'                    | 2    | 37
    }
}
