package dev.converge.language

import dev.converge.diagnostic.Code
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification
import spock.lang.TempDir

/** Manifests that look for patterns in text. */
class MatchingSpec extends Specification {
    private static final String ENDLESS = /(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)b/

    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "#text is #found"() {
        expect:
        site.manifest("def pattern = ~/(\\d)(\\d)/\nString none = null\nnotice \"x\${$text}\"").ids() == ["notice[x$found]" as String]

        where:
        text                                          || found
        "'a12' ==~ /\\w+/"                            || true
        "'a12' ==~ pattern"                           || false
        "none ==~ /a/"                                || false
        "12 ==~ pattern"                              || true
        "('a12b34' =~ pattern).collect { List<String> it -> it[1] }" || '[1, 3]'
        "(('a12' =~ /(\\d)/)[0] as List<String>)[1]"  || 1
        "\"\${'a'}12\" =~ /2/ ? 1 : 2"                || 1
        "'12' in pattern"                             || true
        "'12' !in pattern"                            || false
        "'a12'.matches('a.*')"                        || true
        "'12'.matches(pattern)"                       || true
        "'a12b34'.replaceAll(/\\d+/, '-')"            || 'a-b-'
        "'a12b34'.replaceAll(pattern, '\$2\$1')"      || 'a21b43'
        "'a12b34'.replaceAll(/\\d/) { String d -> \"<\$d>\" }" || 'a<1><2>b<3><4>'
        "\"\${'a12'}\".replaceFirst(/\\d/, '-')"      || 'a-2'
        "'a12'.replaceFirst(pattern, '')"             || 'a'
        "'a12b' - pattern"                            || 'ab'
        "'a,b,,'.split(',').toList()"                 || '[a, b]'
        "'a,b,,'.split(',', -1).toList()"             || '[a, b, , ]'
        "'abc'.split('').toList()"                    || '[a, b, c]'
        "pattern.split('a12b34c').toList()"           || '[a, b, c]'
        "'a12b34'.find(/\\d+/)"                       || 12
        "'a12b34'.find(pattern)"                      || 12
        "'a'.find(/\\d/)"                             || null
        "'a12b34'.findAll(/\\d/)"                     || '[1, 2, 3, 4]'
        "'a12b34'.findAll(pattern)"                   || '[12, 34]'
        "pattern.matcher('a12').replaceAll('x')"      || 'ax'
    }

    def "a branch for a pattern is taken by the text that it matches"() {
        expect:
        site.manifest("""\
            for (name in ['web-1', 'db-1', null]) {
                switch (name) {
                    case ~/web-\\d/: notice "\$name serves"; break
                    case null: notice 'nobody'; break
                    default: notice "\$name does not"
                }
            }
            """.stripIndent()).ids() == ['notice[web-1 serves]', 'notice[db-1 does not]', 'notice[nobody]']
    }

    def "a search that does not end is ended, and does not go on behind the run: #text"() {
        given:
        site.limit = Duration.ofMillis(300)

        expect:
        site.manifest("def text = 'a' * 5000\nnotice \"x\${$text}\"").codes() == [Code.TIME_LIMIT]
        running() == 0

        where:
        text << [
            "text ==~ /$ENDLESS/", "(text =~ /$ENDLESS/).find()", "text.matches(/$ENDLESS/)", "text.replaceAll(/$ENDLESS/, '')",
            "text.find(/$ENDLESS/)", "text in ~/$ENDLESS/", "text.split(/$ENDLESS/)",
        ]
    }

    private static int running() {
        Thread.allStackTraces.keySet()*.name.count('manifest') as int
    }

    def "what null is asked for is told at its line"() {
        expect:
        site.manifest("String none = null\nnotice none.replaceAll('a', 'b')").problems() == ['runtime-error site.groovy:2:1']
    }
}
