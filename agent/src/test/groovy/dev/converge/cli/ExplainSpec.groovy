package dev.converge.cli

import dev.converge.Golden
import dev.converge.output.Samples

class ExplainSpec extends CliSpecification {
    def "the page of a type tells what its record says"() {
        expect:
        converge('explain', 'notice') == 0
        Golden.matches('explain-notice.txt', out)
    }

    def "#type: every attribute is on its page, and has one of its own"() {
        expect:
        converge('explain', type) == 0
        def page = out
        Samples.TYPES.get(type).attributes().every { attribute ->
            page.contains("  ${attribute.name()}   ") && converge('explain', "$type.${attribute.name()}") == 0 && !out.isBlank()
        }

        where:
        type << Samples.TYPES.names()
    }

    def "#type: the example on its page compiles"() {
        given:
        converge('explain', type)
        def lines = out.readLines()
        def example = lines.drop(lines.indexOf('') + 1).takeWhile { it.startsWith('    ') }.join('\n')

        expect:
        example.trim().startsWith(type)
        converge('compile', site(example)) == 0

        where:
        type << Samples.TYPES.names()
    }

    def "a resource is explained from its site: #given"() {
        given:
        def place = site("group('ops')\nfile('/tmp/x') {\n    group 'ops'\n    mode '0640'\n}\n")

        expect:
        converge('explain', 'file[/tmp/x]', *given.collect { it.replace('SITE', place) }) == 0
        out.contains("2 | file('/tmp/x') {")
        out =~ /mode +0640/
        out.contains('group[ops]   automatic, from group')

        where:
        given << [['SITE'], ['--site', 'SITE'], ['--site=SITE']]
    }

    def "a composite is explained by what it consists of"() {
        given:
        def place = site("include(Pair, 'two') { word 'hello' }\nnotice 'other'\n")
        folder.resolve('site/Pair.groovy').toFile().text = """
            class Pair extends Composite {
                String word
                void declare() {
                    notice "\${name}-\${word}"
                    notice "\${name}-again"
                }
            }
        """

        expect:
        converge('explain', 'Pair[two]', place) == 0
        out.startsWith('Pair[two] is a composite.')
        out.contains('  notice[two-hello]   Pair.groovy:5:')
        out.contains('  notice[two-again]   Pair.groovy:6:')
        !out.contains('other')
    }

    def "a resource that is not there is a diagnostic"() {
        expect:
        converge('explain', 'notice[helo]', site("notice 'hello'")) == 1
        err.contains('Did you mean "notice[hello]"?')
    }

    def "#command takes the folder of the state, like every command that looks at a site or a host"() {
        given:
        def state = folder.resolve('other')

        expect:
        converge(*command.collect { it.replace('SITE', site("notice 'a'")) }, '--state-dir', state as String) == 0

        where:
        command << [['explain', 'file'], ['explain', 'notice[a]', 'SITE'], ['compile', 'SITE'], ['facts', 'os.family']]
    }
}
