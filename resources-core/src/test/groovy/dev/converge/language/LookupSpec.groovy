package dev.converge.language

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class LookupSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "lookup #expression is #value"() {
        given:
        site.write('data/common.yaml', '''\
            port: 8080
            big: 8589934592
            half: 0.50
            on: true
            name: shop
            mode: STRICT
            servers: [a, b]
            ports: { web: 80, admin: 81 }
            nested: { list: [1, 2], 'with.dot': { deep: found } }
            dotted.key.one: 1
            dotted: { key: { two: 2 } }
            nothing:
            '''.stripIndent())
        site.write('lib/Tls.groovy', 'enum Tls { STRICT, LOOSE }')
        site.manifest("def value = $expression\nnotice(\"\${value}\")")

        expect:
        site.ids() == ["notice[$value]"]

        where:
        expression                                             | value
        "lookup('port', Integer) + 1"                          | '8081'
        "lookup('port', int) + 1"                              | '8081'
        "lookup('port', Long)"                                 | '8080'
        "lookup('big', Long)"                                  | '8589934592'
        "lookup('half', BigDecimal)"                           | '0.50'
        "lookup('half', Double)"                               | '0.5'
        "lookup('on', Boolean) ? 'yes' : 'no'"                 | 'yes'
        "lookup('name', String).toUpperCase()"                 | 'SHOP'
        "lookup('mode', Tls) == Tls.STRICT"                    | 'true'
        "lookup('servers', List, String)[1].toUpperCase()"     | 'B'
        "lookup('servers', List).size()"                       | '2'
        "lookup('ports', Map, Integer).web + 1"                | '81'
        "lookup('ports', Map, Integer).collect { k, v -> v + 1 }.sum()" | '163'
        "lookup('ports.admin', Integer)"                       | '81'
        "lookup('nested.list', List, Integer).sum()"           | '3'
        "lookup('nested.with.dot.deep', String)"               | 'found'
        "lookup('dotted.key.one', Integer)"                    | '1'
        "lookup('dotted.key', Map, Integer).two"               | '2'
        "lookup('dotted', Map, Map).key.one"                   | '1'
        "lookup('none', Integer, 7) + 1"                       | '8'
        "lookup('nothing', Integer, 7) + 1"                    | '8'
        "lookup('none', String, 'a').toUpperCase()"            | 'A'
        "lookup('none', String, \"a\${1}\").toUpperCase()"     | 'A1'
        "lookup('none', List, String, ['x'])[0].toUpperCase()" | 'X'
        "lookup('none', List, String, []).size()"              | '0'
        "lookup('none', Map, Integer, [a: 1]).a + 1"           | '2'
        "lookup('none', String, null) == null"                 | 'true'
        "lookup('servers', List, String, merge: 'unique')[0]"  | 'a'
        "lookup('port', Object)"                               | '8080'
    }

    def "it can be asked for wherever values are: #where"() {
        given:
        site.write('data/common.yaml', 'motd: hello')
        site.write('lib/Greeting.groovy', '''
            class Greeting extends Composite {
                String text = 'none'
                void declare() { notice(lookup('motd', String) + text) }
            }''')
        site.write('templates/t', '<% if (lookup("motd", String) == "hello") { %>${lookup("motd", String)}!<% } %>')
        site.manifest(manifest)

        expect:
        site.catalog().resources().any { it.toString().contains(part) || content(it.desired()).contains(part) }

        where:
        where               | manifest                                                                 | part
        'between braces'    | "file('/a') { content lookup('motd', String) }"                          | 'hello'
        'in a text'         | 'notice("${lookup(\'motd\', String)} you")'                              | 'hello you'
        'in a composite'    | "include(Greeting)"                                                      | 'notice[hellonone]'
        'for a parameter'   | "include(Greeting) { text lookup('motd', String) }"                      | 'hellohello'
        'in a template'     | "file('/a') { content template('t') }"                                   | 'hello!'
        'in a closure'      | "[1].each { notice(lookup('motd', String) + it) }"                       | 'hello1'
        'in a method'       | "String m() { lookup('motd', String) }\nnotice(m())"                     | 'notice[hello]'
        'in a condition'    | "if (lookup('x', Boolean, true)) { notice lookup('motd', String) }"      | 'notice[hello]'
    }

    private static String content(Object desired) {
        desired.hasProperty('content') && desired.content.present ? desired.content.get().open().text : ''
    }

    def "#manifest is refused while it is compiled"() {
        given:
        site.write('data/common.yaml', 'a: 1')
        site.manifest(manifest)

        expect:
        site.problems() == [problem]

        where:
        manifest                                          | problem
        "notice(lookup('a', Strin))"                      | 'unknown-name site.groovy:1:20'
        "int x = lookup('a', String)"                     | 'wrong-type site.groovy:1:9'
        "int x = lookup('a', List, String)"               | 'wrong-type site.groovy:1:9'
        "List<Integer> x = lookup('a', List, String)"     | 'wrong-type site.groovy:1:19'
        "def x = lookup('a', Closure)"                    | 'wrong-type site.groovy:1:9'
        "def x = lookup('a', Integer, 'text')"            | 'wrong-type site.groovy:1:9'
        "def x = lookup('a', String, Integer)"            | 'wrong-type site.groovy:1:9'
        "def x = lookup('a')"                             | 'wrong-type site.groovy:1:9'
        "def x = lookup(Integer, 'a')"                    | 'wrong-type site.groovy:1:9'
        "def x = lookups()"                               | 'forbidden site.groovy:1:9'
    }

    def "#value for #type is told what to write: #advice"() {
        given:
        site.write('lib/Tls.groovy', 'enum Tls { STRICT, LOOSE }')
        site.write('data/common.yaml', "a: $value")
        site.manifest("def x = lookup('a', $type)")

        expect:
        site.diagnostics()[0].suggestion().get() == advice

        where:
        value         | type              | advice
        "'80'"        | 'Integer'         | 'Write it without quotes: 80'
        "'1.50'"      | 'BigDecimal'      | 'Write it without quotes: 1.50'
        "'true'"      | 'Boolean'         | 'Write it without quotes: true'
        'eighty'      | 'Integer'         | 'Write a whole number.'
        "'1.5'"       | 'Integer'         | 'Write a whole number.'
        '1.5'         | 'Integer'         | 'Write a whole number.'
        'much'        | 'Double'          | 'Write a number.'
        'maybe'       | 'Boolean'         | 'Write true or false.'
        'yes'         | 'Boolean'         | 'Write true.'
        'off'         | 'Boolean'         | 'Write false.'
        '[a]'         | 'Map'             | 'Write it as a map: { key: value }'
        'a'           | 'Map, Integer'    | 'Write it as a map: { key: value }'
        'a'           | 'List, String'    | 'Write it as a list: [a]'
        '1'           | 'List, Integer'   | 'Write it as a list: [1]'
        '{ b: 1 }'    | 'List'            | 'Write it as a list: [a, b]'
        '[a]'         | 'String'          | 'Write one text.'
        '[1]'         | 'Integer'         | 'Write a whole number.'
        '1.10'        | 'String'          | 'Put it in quotes.'
        'stric'       | 'Tls'             | 'Did you mean "STRICT"?'
    }

    def "#lookup is told what it lacks"() {
        given:
        site.write('data/common.yaml', 'a: 1')
        site.manifest("def x = $lookup")

        expect:
        def told = site.diagnostics()[0]
        told.detail() == detail
        told.suggestion().get() == advice

        where:
        lookup                                 | detail                                                              | advice
        "lookup('a')"                          | 'A lookup says of which type the value is.'                         | "Write lookup('a', String), or Integer, Boolean, List, Map …"
        "lookup('a', 'b')"                     | 'A lookup says of which type the value is.'                         | "Write lookup('a', String, 'b')."
        "lookup('a', Integer, 'text')"         | 'The value for when no level has the key is text, where Integer is wanted.' | 'Give a value of this type, or ask for another one.'
        "lookup('a', List, String, 'text')"    | 'The value for when no level has the key is text, where List<String> is wanted.' | 'Give a value of this type, or ask for another one.'
    }
}
