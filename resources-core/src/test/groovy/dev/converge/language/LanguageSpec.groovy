package dev.converge.language

import dev.converge.model.Catalog
import dev.converge.schema.CatalogJson
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What a manifest can say, and the catalog that it means. */
class LanguageSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "node(#pattern) #applies to web1.example.com"() {
        expect:
        site.manifest("node($pattern) { notice 'here' }").ids() == (applies == 'applies' ? ['notice[here]'] : [])

        where:
        pattern                       || applies
        "'web1'"                      || 'applies'
        "'web1.example.com'"          || 'applies'
        "'web*.example.com'"          || 'applies'
        "'WEB?'"                      || 'applies'
        "'{db,web}1'"                 || 'applies'
        "['db1', 'web1']"             || 'applies'
        "~/web\\d+/"                  || 'applies'
        "~/.*\\.example\\.com/"       || 'applies'
        "'*'"                         || 'applies'
        "'web'"                       || 'does not apply'
        "'web1.example'"              || 'does not apply'
        "'web1xexample.com'"          || 'does not apply'
        "~/web/"                      || 'does not apply'
        "['db1', 'db2']"              || 'does not apply'
        "'web[1]'"                    || 'does not apply'
    }

    def "declares by #way"() {
        expect:
        site.manifest(text).ids() == names.collect { "notice[$it]".toString() }

        where:
        way                            | text                                                                       || names
        'a condition on a fact'        | "if (facts.os.family == 'debian') notice 'a' else notice 'b'"              || ['a']
        'a condition on a custom fact' | "if (facts['role'] == 'shop') { notice 'a' }"                             || ['a']
        'a loop over a list'           | "['a', 'b'].each { notice it }"                                           || ['a', 'b']
        'a loop over a map'            | "[a: 1, b: 2].each { k, v -> notice \"\$k\$v\" }"                        || ['a1', 'b2']
        'a counting loop'              | "for (int i = 0; i < 2; i++) { notice \"n\$i\" }"                        || ['n0', 'n1']
        'a range'                      | "for (i in 1..2) { notice \"n\$i\" }"                                    || ['n1', 'n2']
        'while'                        | "int i = 0\nwhile (i < 2) { notice \"n\${i++}\" }"                       || ['n0', 'n1']
        'times'                        | "2.times { notice \"n\$it\" }"                                           || ['n0', 'n1']
        'a list of names'              | "notice(['a', 'b']) { message 'x' }"                                      || ['a', 'b']
        'a closure'                    | "def make = { String n -> notice n }\nmake('a'); make 'b'"               || ['a', 'b']
        'a method'                     | "void make(String n, String m = 'z') { notice n + m }\nmake('a')"         || ['az']
        'an entry of a map'            | "def m = [a: 1]\nm['b'] = 2\nm['a'] += 5\nm['a'] -= 2\nm['a'] *= 3\nm['a'] %= 7\nnotice \"n\${m['a']}\${m['b']}\""                             || ['n52']
        'an entry by a variable'       | "Map<String, Integer> m = [:]\n['x'].each { k -> m[k] = 3 }\nnotice \"n\${m['x']}\""                     || ['n3']
        'an entry in an entry'         | "Map<String, Map<String, String>> m = [a: [b: 'c']]\nm['a']['b'] = 'd'\nnotice m['a']['b']"              || ['d']
        'an element of a list'         | "def l = ['a', 'b']\nl[0] = 'c'\nl[1] += 'd'\nl[2] = 'e'\nnotice l.join()"                              || ['cbde']
        'a text that grows'            | "def m = [a: 'b']\nm['a'] += 'c'\nnotice m['a']"                                                           || ['bc']
        'an element that counts'       | "def l = [1, 2]\nl[0]++\n++l[1]\nnotice \"n\${l[0]}\${l[1]}\""                                       || ['n23']
        'an element of an array'       | "int[] l = [1, 2]\nl[0] = 4\nl[1] += 2\nnotice \"n\${l[0]}\${l[1]}\""                               || ['n44']
        'an entry in a class'          | "class A { static String of() { Map<String, String> m = [:]\nm['a'] = 'b'\nm['a'] } }\nnotice A.of()"  || ['b']
        'a static method of a class'   | "class Names { static String of(int i) { \"n\$i\" } }\nnotice Names.of(1)" || ['n1']
        'an enum'                      | "enum Size { S, L }\nSize.values().each { notice it.name() }"              || ['S', 'L']
        'a record'                     | "record Point(int x) { }\nnotice \"p\${new Point(3).x()}\""               || ['p3']
        'a switch'                     | "switch (facts.cpus) { case 1..4: notice 'few'; break; default: notice 'many' }" || ['few']
        'several variables at once'    | "def (a, b) = ['x', 'y']\nnotice a\nnotice b"                             || ['x', 'y']
        'unicode names'                | "def größe = 'ä€😀'\nnotice größe"                                        || ['ä€😀']
        'try and catch'                | "try { notice 1.intdiv(0).toString() } catch (ArithmeticException e) { notice 'caught' }" || ['caught']
        'Windows line ends'            | "notice 'a'\r\nnotice('b') {\r\n  message 'x'\r\n}\r\n"                   || ['a', 'b']
        'tabs'                         | "\tnotice\t'a'"                                                           || ['a']
        'a variable named like a type' | "['a', 'b'].each { notice -> notice(notice) { message notice } }"        || ['a', 'b']
        'a closure named like a type'  | "def widget = { String n -> notice n }\nwidget 'a'"                     || ['a']
        'a map of maps'                | "def all = [a: [owner: 'x'], b: [owner: 'y']]\nall.each { n, a -> notice n + a.owner }" || ['ax', 'by']
        'a property called owner'      | "class Share { String owner }\nnotice new Share(owner: 'a').owner"     || ['a']
        'entries of a fact'            | "Object all = [a: [b: 'c']]\nnotice \"\${all['a']['b']}\""             || ['c']
        'nothing'                      | ''                                                                         || []
        'a comment'                    | '// nothing\n/* at all */'                                                 || []
    }

    def "#braces gives #attribute = #value"() {
        given:
        def catalog = site.manifest("def local = 'l'\nString method(String x) { \"m-\$x\" }\nwidget('w') {\n color 'red'\n $braces\n}").catalog()

        expect:
        shown(catalog, 'w', attribute) == value

        where:
        braces                                                        | attribute  || value
        'size facts.cpus'                                             | 'size'     || '4'
        'if (facts.cpus > 2) { size 9 } else { size 1 }'              | 'size'     || '9'
        "mode '0644'"                                                 | 'mode'     || '0644'
        "lifetime '90s'"                                              | 'lifetime' || 'PT1M30S'
        'shiny true'                                                  | 'shiny'    || 'true'
        "finish 'high-gloss'"                                         | 'finish'   || 'HIGH_GLOSS'
        "parts 'a', 'b'"                                              | 'parts'    || '[a, b]'
        "parts(['a', 'b'])"                                           | 'parts'    || '[a, b]'
        "parts ['a', 'b']"                                            | 'parts'    || '[a, b]'
        "parts ['a']"                                                 | 'parts'    || '[a]'
        "parts(['b', 'a'].collect { it + local })"                    | 'parts'    || '[bl, al]'
        "labels a: 1, b: true, c: \"x\${local}\""                     | 'labels'   || '[a:1, b:true, c:xl]'
        "labels([a: 'x'])"                                            | 'labels'   || '[a:x]'
        "labels [a: 'x', b: 'y']"                                     | 'labels'   || '[a:x, b:y]'
        'color local'                                                 | 'color'    || 'l'
        'color method(local)'                                         | 'color'    || 'm-l'
        "def color = 'v'; color color"                                | 'color'    || 'v'
        "['v'].each { color -> color color }"                         | 'color'    || 'v'
        "def mode = { '06' + it }; mode mode('44')"                   | 'mode'     || '0644'
        'color "${local}-${1 + 1}"'                                   | 'color'    || 'l-2'
        "['x', 'y'].each { color it }"                                | 'color'    || 'y'
        "color 'blue'"                                                | 'color'    || 'blue'
        "home '/srv/a'"                                               | 'home'     || '/srv/a'
    }

    def "between braces #it is that of the loop around them"() {
        expect:
        site.manifest("['a', 'b'].each { widget(it) { color it } }").catalog().resources()*.desired()*.color() == ['a', 'b']

        where:
        it << ['it']
    }

    def "order: #text"() {
        expect:
        site.manifest("$text\n['a', 'b', 'c', 'd'].each { notice it }").edges() == edges.collect { it.replaceAll(/\b[a-d]\b/, 'notice[$0]') } as Set

        where:
        text                                                              || edges
        "notice['a'] >> notice['b']"                                      || ['a -> b']
        "notice['a'] >>> notice['b']"                                     || ['a -> b *']
        "notice['a'] >> notice['b'] >>> notice['c']"                      || ['a -> b', 'b -> c *']
        "notice['a', 'b'] >> notice['c']"                                 || ['a -> c', 'b -> c']
        "[notice['a'], notice['b']] >> notice['c']"                       || ['a -> c', 'b -> c']
        "notice['a'] >> [notice['b'], notice['c']]"                       || ['a -> b', 'a -> c']
        "[notice['a'], notice['b']] >>> [notice['c'], notice['d']]"       || ['a -> c *', 'a -> d *', 'b -> c *', 'b -> d *']
        "notice['a'] >> [notice['b'], notice['c']] >> notice['d']"        || ['a -> b', 'a -> c', 'b -> d', 'c -> d']
        "notice(['a', 'b', 'c', 'd'].first() + 'x') { requires notice['a'] }" || ['a -> notice[ax]']
        "notice('x') { requires notice['a', 'b'] }"                       || ['a -> notice[x]', 'b -> notice[x]']
        "notice('x') { requires notice['a'], notice['b'] }"               || ['a -> notice[x]', 'b -> notice[x]']
        "notice('x') { requires([notice['a'], notice['b']]) }"            || ['a -> notice[x]', 'b -> notice[x]']
        "notice('x') { requires [notice['a'], notice['b']] }"             || ['a -> notice[x]', 'b -> notice[x]']
        "notice('x') { before notice['a']; notifies notice['b']; subscribes notice['c'] }" || ['notice[x] -> a', 'notice[x] -> b *', 'c -> notice[x] *']
        "def x = notice 'x'\nnotice('y') { subscribes x }"                || ['notice[x] -> notice[y] *']
        "def xs = ['x', 'y'].collect { notice(it) }\nnotice('z') { requires xs }" || ['notice[x] -> notice[z]', 'notice[y] -> notice[z]']
        "notice(['x', 'y']) { before notice['a'] }"                       || ['notice[x] -> a', 'notice[y] -> a']
    }

    def "a composite takes parameters, has its own name and is made of resources"() {
        given:
        site.manifest("include(Site, 'shop') { port 8080; domain \"\${facts.hostname}.example\"; aliases(['a', 'b']) }\ninclude(Site) { domain 'x' }")
            .write('classes/Site.groovy', '''
                class Site extends Composite {
                    String domain
                    int port = 80
                    List<String> aliases = []

                    void declare() {
                        notice("$name-$domain") { message "port $port as $name" }
                        aliases.each { notice("$name-$it") { message domain } }
                        helper()
                    }

                    private void helper() {
                        notice("$name-helped") { requires notice["$name-$domain"] }
                    }
                }
            ''')

        expect:
        def catalog = site.catalog()
        catalog.resources().collectEntries { [it.id().name(), it.desired().message().map { m -> m.reveal() }.orElse('')] } == [
            'shop-web1.example': 'port 8080 as shop',
            'shop-a': 'web1.example',
            'shop-b': 'web1.example',
            'shop-helped': '',
            'main-x': 'port 80 as main',
            'main-helped': '',
        ]
        site.edges() == ['notice[shop-web1.example] -> notice[shop-helped]', 'notice[main-x] -> notice[main-helped]'] as Set
    }

    def "#braces says of the turn: #rules"() {
        given:
        site.manifest("def limit = '90s'\nnotice('a') { $braces }")

        expect:
        this.rules() == [a: rules]

        where:
        braces                                                    || rules
        ''                                                        || [:]
        "timeout '5m'"                                            || [timeout: '5m']
        'timeout limit'                                           || [timeout: '1m 30s']
        "retries 3; retryDelay '10s'"                             || [retries: 3, retryDelay: '10s']
        "window 'Sat,Sun 02:00-04:00'"                            || [window: ['Sat,Sun 02:00-04:00']]
        "window 'Sat 02:00-04:00', '22:00-05:00 UTC'"             || [window: ['Sat 02:00-04:00', '22:00-05:00 UTC']]
        "window(['Sat 02:00-04:00', 'Wed 05:00-06:00'])"          || [window: ['Sat 02:00-04:00', 'Wed 05:00-06:00']]
        "window ['Sat 02:00-04:00']"                              || [window: ['Sat 02:00-04:00']]
        "onDrift 'report'"                                        || [onDrift: 'report']
    }

    def "resources of a type that say nothing of their turn share what there is to say"() {
        when:
        def policies = site.manifest("notice 'a'\nnotice('b') { message 'x' }").catalog().resources()*.policy()

        then:
        policies[0].is(policies[1])
    }

    def "what a composite says of the turn holds for all in it that say nothing"() {
        given:
        site.manifest("include(Outer, 'o') { timeout '1h'; retries 2; window '22:00-05:00'; onDrift 'report' }").write('Outer.groovy', '''
            class Outer extends Composite {
                void declare() {
                    notice('says') { timeout '1m'; retries 0; window 'Sat 02:00-04:00'; onDrift 'enforce' }
                    include(Inner, 'i') { retryDelay '1s' }
                }
            }
            class Inner extends Composite {
                void declare() { notice 'deep' }
            }
        ''')

        expect:
        this.rules() == [
            says: [timeout: '1m', retries: 0, window: ['Sat 02:00-04:00'], onDrift: 'enforce'],
            deep: [timeout: '1h', retries: 2, retryDelay: '1s', window: ['22:00-05:00'], onDrift: 'report'],
        ]
    }

    /** What the catalog's JSON tells of the turn of each resource. */
    private Map<String, Map<String, Object>> rules() {
        def json = CatalogJson.of(site.catalog(), SiteFolder.TYPES)
        json.resources.collectEntries { [it.name, it.subMap('timeout', 'retries', 'retryDelay', 'window', 'onDrift')] }
    }

    def "an order that names a composite holds for all in it, tags and noop are inherited"() {
        given:
        site.manifest('''
            notice 'first'
            notice 'last'
            def outer = include(Outer, 'o') { requires notice['first']; tags 'blue'; noop true }
            outer >>> notice['last']
        ''').write('Outer.groovy', '''
            class Outer extends Composite {
                void declare() {
                    notice('direct') { tags 'own'; noop false }
                    include(Inner, 'i') { requires notice['direct'] }
                }
            }
            class Inner extends Composite {
                void declare() { notice 'deep' }
            }
        ''')

        expect:
        site.edges() == [
            'notice[first] -> notice[direct]', 'notice[first] -> notice[deep]', 'notice[direct] -> notice[deep]',
            'notice[direct] -> notice[last] *', 'notice[deep] -> notice[last] *',
        ] as Set
        def policies = site.catalog().resources().collectEntries { [it.id().name(), it.policy()] }
        policies.deep.tags() == ['Inner', 'Outer', 'blue', 'notice'] as Set
        policies.direct.tags() == ['Outer', 'blue', 'notice', 'own'] as Set
        policies.deep.noop() == Optional.of(true)
        policies.direct.noop() == Optional.of(false)
        policies.first.noop() == Optional.empty()
    }

    def "a composite that extends another has its parameters and its body"() {
        expect:
        site.manifest("include(Shop, 's') { port 1; title 't' }").write('Site.groovy', '''
            abstract class Site extends Composite {
                int port
                void declare() { notice "$name:$port" }
            }
            class Shop extends Site {
                String title
                void declare() { super.declare(); notice "$title:$port" }
            }
        ''').ids() == ['notice[s:1]', 'notice[t:1]']
    }

    def "a parameter of a composite is given #given, and holds #held"() {
        given:
        site.write('modules/P.groovy', "class P extends Composite { $type p; void declare() { $body } }")

        expect:
        site.manifest("include(P) { p($given) }").ids() == ["notice[$held]".toString()]

        where:
        type                        | given                        | body                                              || held
        'Map<String, List<String>>' | "[a: ['x'], b: []]"          | 'notice p.collect { k, v -> k + v.size() }.join()' || 'a1b0'
        'Map<String, Map<String, Object>>' | "[a: [x: 1, y: ['z']]]" | 'notice "${p[\'a\'][\'y\']}"'                || '[z]'
        'List<String>'              | '["x${1 + 1}", \'y\']'      | 'for (String each : p) { notice p.join() ; break }' || 'x2y'
        'List<String>'              | '[]'                         | 'notice "n${p.size()}"'                           || 'n0'
        'Set<String>'               | "['b', 'a'] as Set"          | 'notice p.join()'                                 || 'ba'
        'BigDecimal'                | '5'                          | 'notice "${p + 0.5}"'                             || '5.5'
        'BigDecimal'                | '0.1'                        | 'notice "$p"'                                     || '0.1'
    }

    def "in a parameter of a composite, #given is at #place of the wrong type"() {
        given:
        site.write('modules/P.groovy', "class P extends Composite { $type p; void declare() { notice 'x' } }")

        when:
        def found = site.manifest("include(P) {\n    p($given)\n}").compile().diagnostics()

        then:
        found*.code()*.label() == ['wrong-type']
        found[0].at().get().toString() == 'site.groovy:2:5'
        found[0].detail().startsWith("$place of P takes $takes, not $shown.")

        where:
        type                        | given               || place          | takes            | shown
        'Map<String, List<String>>' | "[a: ['x'], b: 5]"  || "p['b']"       | 'a list'         | '5'
        'Map<String, List<String>>' | "[a: ['x', 1]]"     || "p['a'][1]"    | 'text'           | '1'
        'List<Integer>'             | "[1, 'x']"          || 'p[1]'         | 'a whole number' | 'text'
        'Map<String, Boolean>'      | "[a: 'yes']"        || "p['a']"       | 'true or false'  | 'text'
    }

    def "a composite takes #type as a parameter"() {
        expect:
        site.manifest("def a = notice 'a'\ninclude(After) { first $given }").write('After.groovy', """
            class After extends Composite {
                $type first
                void declare() { notice('b') { requires first } }
            }
        """).edges() == ['notice[a] -> notice[b]'] as Set

        where:
        type           | given
        'Reference'    | 'a'
        'Target'       | 'a'
        'List<Target>' | '([a])'
    }

    def "what stands around braces can be named in them: #color"() {
        expect:
        shown(site.manifest("include(Box, 'b') { shade 's' }").write('Box.groovy', """
            class Box extends Composite {
                String shade
                static final String FIXED = 'f'
                private String hidden = 'h'
                void declare() { def local = 'l'; widget(name) { color $color } }
                private String method() { 'm' }
                static String general() { 'g' }
            }
        """).catalog(), 'b', 'color') == value

        where:
        color            || value
        'shade'          || 's'
        'name'           || 'b'
        'local'          || 'l'
        'hidden'         || 'h'
        'FIXED'          || 'f'
        'method()'       || 'm'
        'general()'      || 'g'
        'facts.hostname' || 'web1'
    }

    def "a site's other manifests are included by path, once"() {
        expect:
        site.manifest("include 'roles/web'\ninclude 'roles/web.groovy'\nnotice 'a'")
            .write('roles/web.groovy', "include 'base'\nnotice 'web'")
            .write('base.groovy', "notice 'base'")
            .write('unused.groovy', "notice 'never'")
            .ids() == ['notice[base]', 'notice[web]', 'notice[a]']
    }

    def "a UTF-8 byte order mark is not part of the text"() {
        expect:
        site.manifest("\uFEFFnotice 'a'").ids() == ['notice[a]']
    }

    def "a source that is not UTF-8 is named"() {
        given:
        site.manifest("notice 'a'").write('roles/latin.groovy', "notice 'gr\u00fcn'".getBytes('ISO-8859-1'))

        expect:
        site.diagnostics()*.detail().any { it.contains('roles/latin.groovy') }
    }

    private static String shown(Catalog catalog, String name, String attribute) {
        def value = catalog.resources().find { it.id().name() == name }.desired()."$attribute"()
        (value instanceof Optional ? value.get() : value).toString()
    }
}
