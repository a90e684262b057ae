package dev.converge.cli

import spock.util.environment.RestoreSystemProperties
import tools.jackson.databind.json.JsonMapper

class LookupSpec extends CliSpecification {
    String place

    def setup() {
        place = site('notice "a"')
        write('data/hierarchy.yaml', '''\
            version: 1
            levels:
              - { name: host, path: 'hosts/${fqdn}.yaml' }
              - { name: common, path: common.yaml }
            merge: { ntp.servers: unique }
            '''.stripIndent())
        write('data/hosts/db1.example.com.yaml', 'ntp.servers: [c]\nmotd: database\n')
        write('data/common.yaml', 'ntp: { servers: [a, b] }\nmotd: hello\n')
    }

    private write(String path, String text) {
        def file = new File(place, path)
        file.parentFile.mkdirs()
        file.text = text
    }

    def "#key on #host is #value"() {
        expect:
        converge('lookup', key, '--site', place, '--host', host) == 0
        out == value
        err == ''

        where:
        key           | host              | value
        'motd'        | 'db1.example.com' | 'database\n'
        'motd'        | 'web1'            | 'hello\n'
        'ntp.servers' | 'db1.example.com' | '[\n  "c",\n  "a",\n  "b"\n]\n'
    }

    def "each level is explained"() {
        expect:
        converge('lookup', 'motd', '--explain', '--site', place, '--host', 'web1') == 0
        out == '''\
            motd: the first value counts
            site
              host  data/hosts/web1.yaml: there is no such file
              common  data/common.yaml:2:7 = hello
            value: hello
            '''.stripIndent()

        and:
        converge('lookup', 'ntp.servers', '--explain', '--site', place, '--host', 'db1.example.com') == 0
        out.readLines()[0] == 'ntp.servers: merged by unique'
        out.readLines()[-1] == 'value: ["c","a","b"]'
    }

    def "levels that are not asked are named without a place, modules only for keys of their own"() {
        given:
        write('modules/greeter/module.yaml', 'name: greeter\nversion: 1.0.0\n')
        write('modules/greeter/data/common.yaml', 'greeter.text: hi\n')

        expect:
        converge('lookup', 'motd', '--explain', '--site', place, '--host', 'db1.example.com') == 0
        out == '''\
            motd: the first value counts
            site
              host  data/hosts/db1.example.com.yaml:2:7 = database
              common: not asked
            value: database
            '''.stripIndent()

        and:
        converge('lookup', 'greeter.text', '--explain', '--site', place, '--host', 'web1') == 0
        out.contains('module greeter\n  common  modules/greeter/data/common.yaml:1:15 = hi\n')
    }

    def "programs get the same as JSON"() {
        expect:
        converge('lookup', 'motd', '--explain', '--output', 'json', '--site', place, '--host', 'web1') == 0
        JsonMapper.shared().readValue(out, Map) == [
            key: 'motd', merge: 'first', found: true, value: 'hello', at: 'data/common.yaml:2:7',
            steps: [
                [hierarchy: 'site', level: 'host', where: 'data/hosts/web1.yaml', why: 'there is no such file'],
                [hierarchy: 'site', level: 'common', where: 'data/common.yaml', value: 'hello', at: 'data/common.yaml:2:7'],
            ],
        ]
    }

    def "a key that is nowhere fails with what is near, broken data with its place"() {
        expect:
        converge('lookup', 'ntp.server', '--site', place, '--host', 'web1') == 1
        out == ''
        err.contains('Did you mean "ntp.servers"?')

        when:
        write('data/common.yaml', 'a: [')

        then:
        converge('lookup', 'motd', '--site', place, '--host', 'web1') == 1
        err.contains('at data/common.yaml:1:4')
    }

    @RestoreSystemProperties
    def "a program that is a level is asked, as when the site is compiled, if this machine permits it"() {
        given:
        def program = new File(place, 'inventory')
        program.text = '#!/bin/sh\necho "greeting: hello $1"\n'
        program.executable = true
        write('data/hierarchy.yaml', "version: 1\nlevels:\n  - { name: inventory, command: [$program, '\${hostname}'] }\n")
        def list = new File(place, 'sources')
        System.setProperty('converge.data.sources', list.path)

        expect:
        converge('lookup', 'greeting', '--site', place, '--host', 'web1') == 1
        err.contains("This machine does not let sites ask $program")

        when:
        list.text = "$program\n"

        then:
        converge('lookup', 'greeting', '--site', place, '--host', 'web1') == 0
        out == 'hello web1\n'
    }
}
