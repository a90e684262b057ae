package dev.converge.language

import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class ParameterBindingSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
        site.write('modules/NginxSite.groovy', '''\
            class NginxSite extends Composite {
                @Between(min = 1, max = 65535) int port = 80
                @Matches(/[a-z.]+/) String host = 'localhost'
                @OneOf(['tcp', 'udp']) List<String> protocols = ['tcp']
                @NotEmpty Map<String, Integer> weights = [a: 1]
                @Between(max = 10) BigDecimal ratio = 0.5
                Level level = Level.LOW
                String root
                void declare() { notice("${port} ${host} ${protocols.join('+')} ${weights} ${ratio} ${level} ${root}") }
            }
            enum Level { LOW, HIGH }
            '''.stripIndent())
    }

    def "what the braces leave out comes from the data: #data"() {
        given:
        site.write('data/common.yaml', data)
        site.manifest("include(NginxSite) { $braces }")

        expect:
        site.ids() == ["notice[$notice]"]

        where:
        data                                                | braces              | notice
        'nginx.site.root: /srv'                             | ''                  | '80 localhost tcp [a:1] 0.5 LOW /srv'
        'nginx.site: { root: /srv, port: 81, host: a.b }'   | ''                  | '81 a.b tcp [a:1] 0.5 LOW /srv'
        'nginx: { site: { root: /srv, port: 81 } }'         | 'port 82'           | '82 localhost tcp [a:1] 0.5 LOW /srv'
        'nginx.site: { root: /srv, protocols: [udp, tcp] }' | "root '/'"          | '80 localhost udp+tcp [a:1] 0.5 LOW /'
        'nginx.site: { root: /srv, weights: { b: 2 } }'     | ''                  | '80 localhost tcp [b:2] 0.5 LOW /srv'
        'nginx.site: { root: /srv, ratio: 1, level: high }' | ''                  | '80 localhost tcp [a:1] 1 HIGH /srv'
        'nginx.site: { root: /srv, port: }'                 | ''                  | '80 localhost tcp [a:1] 0.5 LOW /srv'
    }

    def "#data with #braces is refused at the value's own line"() {
        given:
        site.write('data/common.yaml', "nginx.site:\n  root: /srv\n  $data\n")
        site.manifest("include(NginxSite) {\n  $braces\n}")

        expect:
        site.problems() == problems

        where:
        data                  | braces              | problems
        'port: 0'             | ''                  | ['bad-value data/common.yaml:3:9']
        'port: 65536'         | ''                  | ['bad-value data/common.yaml:3:9']
        ''                    | 'port 0'            | ['bad-value site.groovy:2:3']
        'port: eighty'        | ''                  | ['wrong-type data/common.yaml:3:9']
        "port: '80'"          | ''                  | ['wrong-type data/common.yaml:3:9']
        'host: A'             | ''                  | ['bad-value data/common.yaml:3:9']
        ''                    | "host 'A'"          | ['bad-value site.groovy:2:3']
        'host: 1.10'          | ''                  | ['wrong-type data/common.yaml:3:9']
        'protocols: [tcp, x]' | ''                  | ['bad-value data/common.yaml:3:14']
        'protocols: tcp'      | ''                  | ['wrong-type data/common.yaml:3:14']
        'protocols: [1]'      | ''                  | ['wrong-type data/common.yaml:3:15']
        'weights: {}'         | ''                  | ['bad-value data/common.yaml:3:12']
        'weights: { a: b }'   | ''                  | ['wrong-type data/common.yaml:3:17']
        'ratio: 10.5'         | ''                  | ['bad-value data/common.yaml:3:10']
        'level: middle'       | ''                  | ['wrong-type data/common.yaml:3:10']
        'prot: 1'             | ''                  | ['unknown-key data/common.yaml:3:3']
        'root: /a'            | ''                  | ['data data/common.yaml:3:3']
    }

    def "all that is wrong with the parameters is told in one run"() {
        given:
        site.write('data/common.yaml', 'nginx.site: { port: 0, host: A, protocols: [x] }')
        site.manifest('include(NginxSite)')

        expect:
        site.problems() as Set == [
            'missing-attribute site.groovy:1:1',
            'bad-value data/common.yaml:1:21',
            'bad-value data/common.yaml:1:30',
            'bad-value data/common.yaml:1:44',
        ] as Set
    }

    def "a default that its own check refuses has to be given"() {
        given:
        site.write('A.groovy', 'class A extends Composite { @NotEmpty List<String> servers = []; void declare() { notice(servers[0]) } }')
        site.manifest('include(A)\n')

        expect:
        site.problems() == ['bad-value site.groovy:1:1']

        when:
        site.write('data/common.yaml', 'a.servers: [x]')

        then:
        site.ids() == ['notice[x]']
    }

    def "a key below a composite's #is"() {
        given:
        site.write('data/common.yaml', 'sudo: { rules: [a], extra: { x: 1 }, server: { port: 1 } }')
        site.write('Sudo.groovy', 'class Sudo extends Composite { List<String> rules; void declare() { rules.each { notice it } } }')
        site.write('SudoServer.groovy', 'class SudoServer extends Composite { int port = 1; void declare() { } }')
        site.manifest("include(Sudo)\n$more")

        expect:
        site.diagnostics().collect { "${it.severity()} ${it.at().get()}".toString().toLowerCase() } == problems

        where:
        is                                            | more                                         | problems
        'is warned of when nothing uses it'           | ''                                           | ['warning data/common.yaml:1:21']
        'is fine when it was looked up'               | "def x = lookup('sudo.extra.x', Integer)"    | []
        'is fine when other hosts may look it up'     | "if (false) { lookup('sudo.extra', Object) }" | []
        'is fine when all of it was looked up'        | "def x = lookup('sudo', Map)"                | []
    }

    def "data that a site asks for nothing is not read, nor looked at for slips"() {
        given:
        site.write('data/common.yaml', 'sudo: [')
        site.manifest("notice 'hello'")

        expect:
        site.ids() == ['notice[hello]']
    }

    def "what stands in data as #data is #is where the composite Sudo takes rules"() {
        given:
        site.write('data/common.yaml', "sudo: { rules: [a] }\n$data\n")
        site.write('Sudo.groovy', 'class Sudo extends Composite { List<String> rules; void declare() { rules.each { notice it } } }')
        site.manifest("include(Sudo)\n$more")

        expect:
        site.diagnostics().collect { "${it.severity()} ${it.at().get()} ${it.suggestion().get()}".toString() } == problems

        where:
        is                  | data                 | more                                           || problems
        'a slip'            | 'sudos.rules: [b]'   | ''                                             || ['WARNING data/common.yaml:2:1 Did you mean "sudo.rules"?']
        'a slip in a map'   | 'sduo: {rules: [b]}' | ''                                             || ['WARNING data/common.yaml:2:8 Did you mean "sudo.rules"?']
        'something else'    | 'sudos.speed: 1'     | ''                                             || []
        'far from it'       | 'users.rules: [b]'   | ''                                             || []
        'used elsewhere'    | 'sudos.rules: [b]'   | "if (false) { lookup('sudos.rules', List) }"   || []
    }

    def "a map of maps that stands for composites is judged by their parameters, #where: #entry"() {
        given:
        site.write('Rules.groovy', """\
            class Rules extends Composite {
                @EachOf('Rule') Map<String, Map<String, Object>> all = [:]
                void declare() { all.each { ruleName, rule -> notice(ruleName + rule) } }
            }
            class Rule extends Composite {
                List<String> groups = []
                List<String> commands
                int priority = 50
                void declare() { }
            }
            """.stripIndent())
        site.write('data/common.yaml', where == 'data' ? "rules.all:\n  ops:\n    commands: [a]\n    $entry\n" : '')
        site.manifest(where == 'data' ? 'include(Rules)' : "include(Rules) {\n  all([ops: [$entry]])\n}")

        expect:
        site.problems() == problems

        where:
        where    | entry                          | problems
        'data'   | 'groups: [ops]'                | []
        'data'   | 'group: [ops]'                 | ['unknown-key data/common.yaml:4:5']
        'data'   | 'groups: ops'                  | ['wrong-type data/common.yaml:4:13']
        'data'   | 'priority: low'                | ['wrong-type data/common.yaml:4:15']
        'data'   | "x: 1\n  dev: { groups: [a] }" | ['unknown-key data/common.yaml:4:5', 'missing-attribute data/common.yaml:5:3']
        'braces' | "commands: ['a'], priority: 1" | []
        'braces' | "commands: ['a'], group: 1"    | ['unknown-key site.groovy:2:3']
        'braces' | "commands: 'a'"                | ['wrong-type site.groovy:2:3']
        'braces' | "groups: ['a']"                | ['missing-attribute site.groovy:2:3']
    }

    def "the prefix of #name is #prefix"() {
        expect:
        ParameterKeys.prefix(name) == prefix

        where:
        name         | prefix
        'Sudo'       | 'sudo'
        'NginxSite'  | 'nginx.site'
        'SSHServer'  | 'ssh.server'
        'Web2Server' | 'web2.server'
    }

    def "the annotation in #code is refused"() {
        given:
        site.write('Other.groovy', code)
        site.manifest('notice "a"')

        expect:
        site.problems() == [problem]

        where:
        code                                                                                         | problem
        'class A extends Composite { @Between(min = 1 + 1) int a = 1; void declare() { } }'          | 'forbidden Other.groovy:1:29'
        'class A extends Composite { @Between(min = { 1 }) int a = 1; void declare() { } }'          | 'forbidden Other.groovy:1:29'
        'class A extends Composite { @Matches("${1}") String a = 1; void declare() { } }'            | 'forbidden Other.groovy:1:29'
        'class A extends Composite { @OneOf([String]) String a = 1; void declare() { } }'            | 'forbidden Other.groovy:1:29'
        'class A extends Composite { @Matches("[") String a = ""; void declare() { } }'              | 'bad-value Other.groovy:1:29'
        'class A extends Composite { @Between(max = 3) String a = ""; void declare() { } }'          | 'wrong-type Other.groovy:1:29'
        'class A extends Composite { @OneOf(["a"]) int a = 1; void declare() { } }'                  | 'wrong-type Other.groovy:1:29'
        'class A extends Composite { @Between(from = 3) int a = 1; void declare() { } }'             | 'unknown-attribute Other.groovy:1:29'
        'class A extends Composite { @NotEmpty private String a = ""; void declare() { } }'          | 'forbidden Other.groovy:1:29'
        'class A { @NotEmpty String a = "" }'                                                        | 'forbidden Other.groovy:1:11'
        'class A extends Composite { @EachOf("B") String a = ""; void declare() { } }'               | 'wrong-type Other.groovy:1:29'
        '@NotEmpty class A { }'                                                                      | 'forbidden Other.groovy:1:1'
        'class A { @NotEmpty String m() { "" } }'                                                    | 'forbidden Other.groovy:1:11'
        'class A { String m(@NotEmpty String a) { "" } }'                                            | 'forbidden Other.groovy:1:20'
        '@NotEmpty String a = ""'                                                                    | 'forbidden Other.groovy:1:1'
        'class A { @dev.converge.language.NotEmpty String a = "" }'                                  | 'forbidden Other.groovy:1:11'
        'class A { @javax.validation.NotEmpty String a = "" }'                                       | 'forbidden Other.groovy:1:11'
    }
}
