package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import spock.util.environment.RestoreSystemProperties

@RestoreSystemProperties
class ModuleCommandSpec extends CliSpecification {
    def setup() {
        System.setProperty('converge.modules', folder.resolve('shipped').toString())
    }

    def "a new module can be used at once"() {
        given:
        def site = site("include(WebShop, 'main') { port 9090 }")

        expect:
        converge('module', 'new', "$site/modules/web-shop") == 0
        out.contains('src/WebShop.groovy')
        out.endsWith("Try it: converge module test $site/modules/web-shop\n")
        converge('compile', site) == 0
        out.contains('/etc/web-shop.conf')

        and:
        run('module', 'test', "$site/modules/web-shop") == 0
        out.contains('passed')

        and: 'a second one does not replace it'
        converge('module', 'new', "$site/modules/web-shop") == 1
        err.contains('is there already')
    }

    def "a module cannot be called #name"() {
        expect:
        converge('module', 'new', folder.resolve(name).toString()) == 1
        err.contains('is not the name of a module')

        where:
        name << ['Nginx', '9lives', 'a b', 'über']
    }

    def "docs writes what composites take between two marks, and nothing else"() {
        given:
        def module = folder.resolve('nginx')
        converge('module', 'new', module.toString())
        Files.writeString(module.resolve('README.md'), 'before\n<!-- parameters -->\nold\n<!-- /parameters -->\nafter\n')
        Files.writeString(module.resolve('src/NginxSite.groovy'), '''\
            /**
             * A site
             * of nginx.
             *
             * <p>See {@link Nginx}.
             */
            class NginxSite extends Composite {
                /** Where it listens. */
                int port = 80
                String root
                /** Names | others: {@code ['a | b']}. */
                List<String> names = ['a',
                    'b']
                Map<String, List<Integer>> deep = [:]
                static final int NO_PARAMETER = 1
                void declare() { }
            }
            class NginxHelper { int no = 1 }
            class NginxSub extends NginxSite { boolean more = true }
            '''.stripIndent())

        expect:
        converge('module', 'docs', module.toString()) == 0
        Files.readString(module.resolve('README.md')) == '''\
            before
            <!-- parameters -->
            ## Parameters

            ### Nginx

            A text file. Replace it with what your module is for.

            | parameter | type | default | meaning |
            |---|---|---|---|
            | `path` | `String` | `'/etc/nginx.conf'` | Where the file is. |
            | `port` | `int` | `8080` | The port that it names. |

            ### NginxSite

            A site of nginx.

            See `Nginx`.

            | parameter | type | default | meaning |
            |---|---|---|---|
            | `port` | `int` | `80` | Where it listens. |
            | `root` | `String` | required |  |
            | `names` | `List<String>` | `['a', 'b']` | Names \\| others: `['a \\| b']`. |
            | `deep` | `Map<String, List<Integer>>` | `[:]` |  |

            ### NginxSub

            | parameter | type | default | meaning |
            |---|---|---|---|
            | `port` | `int` | `80` | Where it listens. |
            | `root` | `String` | required |  |
            | `names` | `List<String>` | `['a', 'b']` | Names \\| others: `['a \\| b']`. |
            | `deep` | `Map<String, List<Integer>>` | `[:]` |  |
            | `more` | `boolean` | `true` |  |

            <!-- /parameters -->
            after
            '''.stripIndent()

        and:
        converge('module', 'docs', module.toString()) == 0
        out.contains('is up to date')
    }

    def "docs tells what cannot be parsed, with its line"() {
        given:
        def module = folder.resolve('nginx')
        converge('module', 'new', module.toString())
        Files.writeString(module.resolve('src/Nginx.groovy'), 'class Nginx extends Composite {\n  int port = \n}\n')

        expect:
        converge('module', 'docs', module.toString()) == 1
        err.contains('nginx/src/Nginx.groovy:3:1')
        err.contains('3 | }')
    }

    def "install says what is wrong at the list's line"() {
        given:
        def site = Path.of(site("notice 'x'"))
        Files.writeString(site.resolve('converge.modules.yaml'), "modules:\n  a: { git: 'file:///nowhere/at/all', version: '^1.0' }\n")

        expect:
        run('module', 'install', site.toString(), '--offline') == 1
        err.contains('at converge.modules.yaml:2:3')
        err.contains("2 |   a: { git: 'file:///nowhere")

        and: 'a run says so too'
        converge('compile', site.toString()) == 1
        err.contains("Run: converge module install $site")
    }

    def "#words is refused"() {
        expect:
        converge(*(words.split(' '))) == 1
        err.contains(said)

        where:
        words                                | said
        'module'                             | 'Missing'
        'module instal'                      | 'Did you mean "install"?'
        'module new'                         | 'What the module is called is not said'
        'module install / extra'             | 'one too many'
        'module install --update --offline'  | '--update asks servers'
        'module docs /nowhere'               | 'has no module.yaml'
        'module install /nowhere'            | 'has no converge.modules.yaml'
    }
}
