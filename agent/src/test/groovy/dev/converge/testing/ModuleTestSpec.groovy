package dev.converge.testing

import dev.converge.JUnitXml
import dev.converge.cli.CliSpecification
import java.nio.file.Files
import java.nio.file.Path

/** {@code converge module test} on folders with manifests and specs. */
class ModuleTestSpec extends CliSpecification {
    static final String WEB_SERVER = '''\
        import dev.converge.language.Composite

        class WebServer extends Composite {
            int port

            void declare() {
                pkg 'nginx'
                file('/etc/nginx/nginx.conf') {
                    content "listen ${port};\\nworker_processes ${facts.cpus};\\n"
                    mode '0644'
                    requires pkg['nginx']
                    notifies service['nginx']
                }
                if (facts.os.family == 'debian') {
                    file('/etc/default/nginx') { content 'x' }
                }
                service('nginx') { running true }
                user('deploy') { groups 'adm', 'www-data' }
                setting('/etc/ssh/sshd_config', 'PermitRootLogin', 'no')
                exec('reload') { command 'nginx', '-s', 'reload'; refreshOnly true; timeout '90s' }
                file('/etc/secret') { content secret('hunter2') }
                file('/etc/gone') { ensure 'absent' }
            }
        }
        '''.stripIndent()

    private Path write(String path, String text) {
        def file = folder.resolve('site').resolve(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    private int test(String features, String... options) {
        write('site.groovy', 'include(WebServer) { port 8080 }\n')
        write('WebServer.groovy', WEB_SERVER)
        write('test/WebSpec.groovy', "import dev.converge.testing.ManifestSpec\nclass WebSpec extends ManifestSpec {\n$features\n}\n")
        run(*(['module', 'test', folder.resolve('site').toString()] + (options as List)))
    }

    private int then(String asked, String... options) {
        test("def 'works'() {\nwhen:\ncompile 'site.groovy'\nthen:\n$asked\n}", *options)
    }

    def "what a catalog has is found: #asked"() {
        expect:
        then(asked) == 0
        out.contains('1 test: 1 passed')

        where:
        asked << [
            "contains pkg('nginx'), service('nginx') { running true }",
            "contains pkg['nginx'], service['nginx']",
            "catalog.contains file('/etc/nginx/nginx.conf') { mode '0644' }",
            "contains file('/etc/nginx/nginx.conf') { content 'listen 8080;\\nworker_processes 2;\\n' }",
            "contains file('/etc/nginx/nginx.conf') { content ~/listen \\d+;/ }",
            "contains file('/etc/nginx/nginx.conf') { content { it.readLines().size() == 2 } }",
            "contains file('/etc/nginx/nginx.conf') { requires pkg['nginx']; notifies service['nginx']; owner { it == null } }",
            "contains file(['/etc/nginx/nginx.conf', '/etc/default/nginx'])",
            "contains service('nginx') { subscribes file['/etc/nginx/nginx.conf'] }",
            "contains user('deploy') { groups 'www-data', 'adm' }",
            "contains user('deploy') { groups(['adm', 'www-data']) }",
            "contains setting('/etc/ssh/sshd_config', 'PermitRootLogin', 'no')",
            "contains setting('/etc/ssh/sshd_config', 'PermitRootLogin') { value 'no' }",
            "contains exec('reload') { command 'nginx', '-s', 'reload'; refreshOnly true; timeout '1m 30s' }",
            "contains file('/etc/gone') { ensure 'absent' }",
            "contains file('/etc/secret') { content 'hunter2' }",
            "contains file('/etc/nginx/nginx.conf') { tags 'WebServer' }",
            "lacks pkg('apache2'), file['/etc/motd']",
            "orders pkg['nginx'], file['/etc/nginx/nginx.conf'], service['nginx']",
            "notifies file['/etc/nginx/nginx.conf'], service['nginx']",
            "catalog.names('pkg') == ['nginx']",
            "catalog.resources.contains('pkg[nginx]')",
            "diagnostics.empty",
        ]
    }

    def "what differs is said: #asked"() {
        expect:
        then(asked) == 4
        out.contains('at test/WebSpec.groovy:7')
        told.readLines().every { out.contains(it) }
        !out.contains('hunter2')
        !out.contains('Exception')

        where:
        asked                                                               | told
        "contains pkg('ngnix')"                                             | 'The catalog has no pkg[ngnix]. Did you mean pkg[nginx]?'
        "contains cron('x')"                                                | 'The catalog has no cron[x]. It has no cron at all.'
        "contains user('alice')"                                            | 'The catalog has no user[alice]. Of that type it has deploy.'
        "contains file('/etc/nginx/nginx.conf') { mode '0600' }"            | 'file[/etc/nginx/nginx.conf] is declared otherwise at WebServer.groovy:8:9\n  mode: wanted 0600, in the catalog 0644'
        "contains file('/etc/nginx/nginx.conf') { owner 'root' }"           | 'owner: wanted root, in the catalog not given'
        "contains file('/etc/nginx/nginx.conf') { content ~/ssl/ }"         | 'content: wanted /ssl/, in the catalog\n    listen 8080;'
        "contains file('/etc/nginx/nginx.conf') { content 'listen 80;\\nworker_processes 2;\\n' }" | '-listen 80;\n+listen 8080;\n worker_processes 2;'
        "contains file('/etc/nginx/nginx.conf') { content { false } }"      | 'content: wanted what the closure accepts'
        "contains file('/etc/nginx/nginx.conf') { mod '0600' }"             | 'file has no attribute "mod". Did you mean "mode"?'
        "contains file('/etc/nginx/nginx.conf') { mode '9999' }"            | '"mode" of file in the spec: '
        "contains file('/etc/nginx/nginx.conf') { mode = '0600' }"          | 'An attribute is a call: write mode 0600 without an equals sign.'
        "contains file('/etc/nginx/nginx.conf') { requires pkg['apache2'] }"| 'requires: nothing puts pkg[apache2] before file[/etc/nginx/nginx.conf]; the catalog has no pkg[apache2]'
        "contains pkg('nginx') { notifies file['/etc/nginx/nginx.conf'] }"  | 'notifies: pkg[nginx] does not notify file[/etc/nginx/nginx.conf], it only comes before it'
        "contains exec('reload') { timeout '5m' }"                          | 'timeout: wanted 5m, in the catalog 1m 30s'
        "contains file('/etc/secret') { content 'other' }"                  | 'content: wanted ********, in the catalog ********'
        "contains file('/etc/gone')"                                        | 'ensure: wanted present, in the catalog absent'
        "contains fil('/etc/gone')"                                         | 'There is no resource type or method "fil". Did you mean "file"?'
        "lacks pkg('nginx')"                                                | 'pkg[nginx] is in the catalog, declared at WebServer.groovy:7:9'
        "orders service['nginx'], pkg['nginx']"                             | 'Nothing puts service[nginx] before pkg[nginx]. It is the other way round.'
        "notifies pkg['nginx'], service['nginx']"                           | 'pkg[nginx] does not notify service[nginx]; it only comes before it.'
        "containsNothingElse()"                                             | 'The catalog contains more than the spec has named:\n  pkg[nginx] declared at WebServer.groovy:7:9'
    }

    def "a manifest between braces is checked as one, at the lines of the spec, and takes the spec's variables"() {
        expect:
        test('''
            static final int BASE = 8000
            def "listens on #sum on #system"() {
                given:
                def names = ['a', 'b']
                facts system, cpus: 7
                when:
                compile {
                    include(WebServer) { port sum }
                    names.each { name -> notice("${name} ${text}") }
                }
                then:
                contains file('/etc/nginx/nginx.conf') { content "listen $sum;\\nworker_processes 7;\\n" }
                contains notice("a it's \\$5")
                catalog.names('file').contains('/etc/default/nginx') == debian
                where:
                system        | debian
                'debian-13'   | true
                'rocky-9'     | false
                'alpine-3.20' | false
                sum = BASE + 80
                text = 'it\\'s $5'
            }
            def "is refused"() {
                when:
                compile {
                    file('/x') { conten 'y' }
                }
                then:
                diagnostics*.summary() == ['Unknown attribute']
                diagnostics[0].at().get().toString() == 'test/WebSpec.groovy:29:34'
            }''') == 0
        out.contains('4 tests: 4 passed')
    }

    def "a manifest that does not compile fails the test that does not ask for its diagnostics: #asked"() {
        expect:
        test("def 'x'() {\nwhen:\ncompile { file('/x') { conten 'y' } }\nthen:\n$asked\n}") == 4
        out.contains('The manifest does not compile.')
        out.contains('at test/WebSpec.groovy:5:24')
        out.contains('Did you mean "content"?')

        where:
        asked << ['true', "contains file('/x')"]
    }

    def "data of the spec is what lookups and parameters find"() {
        expect:
        test('''
            def "finds #wanted"() {
                given:
                data given
                when:
                compile {
                    include(WebServer)
                    notice(lookup('greeting.text', String, 'none'))
                }
                then:
                contains file('/etc/nginx/nginx.conf') { content { it.startsWith("listen $wanted;") } }
                contains notice(text)
                where:
                given                                                     | wanted | text
                ['web.server.port': 81]                                   | 81     | 'none'
                [web: [server: [port: 82]], 'greeting.text': 'hello']     | 82     | 'hello'
            }''') == 0
        out.contains('2 tests: 2 passed')
    }

    def "every shipped system can be compiled for"() {
        expect:
        test('''def "on #system"() { when: facts system; compile 'site.groovy'; then: contains pkg('nginx'); where: system << systems() }''') == 0
        out.contains('7 tests: 7 passed')
    }

    def "facts that are not there are named"() {
        expect:
        test('''def "x"() { expect: facts 'debian-21' }''') == 4
        out.contains('There are no facts "debian-21". Did you mean "debian-11"?')
    }

    def "a golden catalog is written when asked to, then compared, and does not depend on where a resource stands"() {
        given:
        def golden = folder.resolve('site/test/golden/site.json')

        expect:
        then("matchesGolden 'site'") == 4
        out.contains('There is no test/golden/site.json yet. If it is right as it is now: converge module test --update-goldens')
        !Files.exists(golden)

        and:
        then("matchesGolden 'site'", '--update-goldens') == 0
        then("matchesGolden 'site'") == 0
        !Files.readString(golden).contains('"line"')
        out.contains('Coverage: 9 of 9 declarations (100 %).')

        when:
        Files.writeString(golden, Files.readString(golden).replace('0644', '0600'))

        then:
        then("matchesGolden 'site'") == 4
        out.contains('-        "mode": "0600"')
        out.contains('+        "mode": "0644"')
    }

    def "coverage names what no test has looked at"() {
        expect:
        then("contains pkg('nginx'), service('nginx')") == 0
        out.contains('Coverage: 2 of 9 declarations (22 %); no test has looked at\n  file[/etc/nginx/nginx.conf]   WebServer.groovy:8:9\n')
    }

    def "results as JUnit has them"() {
        when:
        int exit = test('''
            def "passes"() { expect: true }
            def "fails"() { expect: 1 == 2 }
            @spock.lang.Ignore('not today')
            def "is skipped"() { expect: true }
            def "prints"() { expect: println('noise') == null }
            ''', '--output', 'junit')

        then:
        exit == 4
        JUnitXml.validate(out)
        select('@name') == 'WebSpec'
        ['tests', 'failures', 'errors', 'skipped'].collect { select("@$it") } == ['4', '1', '0', '1']
        select("testcase[@name='fails']/failure").contains('1 == 2')
        select("testcase[@name='is skipped']/skipped/@message") == 'not today'
        err.contains('noise')
    }

    private String select(String path) {
        JUnitXml.select(out, "/testsuites/testsuite/$path")
    }

    def "what cannot be run is refused: #why"() {
        given:
        files.each { path, text -> write(path, text) }

        expect:
        run('module', 'test', folder.resolve('site').toString()) == 1
        err.contains(told)

        where:
        why               | files                                                 | told
        'no folder'       | [:]                                                   | 'There is no folder'
        'no specs'        | ['site.groovy': '']                                   | 'There is no test/*Spec.groovy'
        'a slip of Groovy' | ['test/ASpec.groovy': 'class ASpec {\n  def x( {\n}'] | 'at test/ASpec.groovy:2:'
    }

    def "a module is tested in a site that uses it, with the modules that it requires beside it"() {
        given:
        write('modules/web/module.yaml', "name: web\nversion: 1.0.0\nrequires: { base: '^1.0' }\n")
        write('modules/web/src/Web.groovy', '''\
            import dev.converge.language.Composite
            class Web extends Composite {
                void declare() {
                    include(Base)
                    file('/etc/web') { source 'web/index.html' }
                }
            }
            '''.stripIndent())
        write('modules/web/files/index.html', 'hello')
        write('modules/base/module.yaml', 'name: base\nversion: 1.2.0\n')
        write('modules/base/src/Base.groovy', '''\
            import dev.converge.language.Composite
            class Base extends Composite {
                void declare() { file('/etc/base') { content 'x' } }
            }
            '''.stripIndent())
        write('modules/web/test/WebSpec.groovy', '''\
            import dev.converge.testing.ManifestSpec
            class WebSpec extends ManifestSpec {
                def "brings its page and the base"() {
                    when:
                    compile { include(Web) }
                    then:
                    contains file('/etc/base') { content 'x' }
                    contains file('/etc/web') { source 'web/index.html' }
                    containsNothingElse()
                }
            }
            '''.stripIndent())

        expect:
        run('module', 'test', folder.resolve('site/modules/web').toString()) == 0
        out.contains('1 test: 1 passed')
        out.contains('Coverage: 1 of 1 declarations (100 %).')
    }

    def "nothing is left behind"() {
        given:
        def before = leftovers()

        expect:
        then("contains pkg('nginx')") == 0
        leftovers() == before
    }

    private static Set<String> leftovers() {
        new File(System.getProperty('java.io.tmpdir')).list().findAll { it.startsWith('converge-spec') } as Set
    }
}
