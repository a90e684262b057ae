package dev.converge.data

import dev.converge.diagnostic.Code
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.host.LocalCommands
import dev.converge.vault.KeyFile
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Levels that ask a program or Consul. */
@Timeout(60)
class OutsideLevelsSpec extends Specification {
    @TempDir
    Path folder

    @AutoCleanup
    ConsulStandIn consul = new ConsulStandIn()

    private final Map<String, String> read = [:]
    private Map<String, Object> facts = [hostname: 'web-1', fqdn: 'web-1.example.com']

    def "keys of Consul are values: #key is #value"() {
        given:
        consul.keys.putAll('converge/web-1/nginx/port': '8080', 'converge/web-1/nginx/name': 'Straße', 'converge/web-1/on': 'true',
            'converge/web-1/users': '{"eve": {"uid": 7}}', 'converge/web-1/list': '- a\n- b\n', 'converge/web-1/motd': 'one\n\n  two\n',
            'converge/web-1/odd': '{ not: json', 'converge/web-1/folder/': null, 'converge/web-1/empty': null,
            'converge/web-1/a.b': 'dotted', 'converge/web-10/nginx/port': '1', 'converge/web-1': '2')

        expect:
        data(consulLevel()).lookup(key).value().map { it.plain() }.orElse(null) == value

        where:
        key            | value
        'nginx.port'   | 8080
        'nginx.name'   | 'Straße'
        'nginx'        | [name: 'Straße', port: 8080]
        'on'           | true
        'users.eve.uid'| 7
        'list'         | ['a', 'b']
        'motd'         | 'one\n\n  two\n'
        'odd'          | '{ not: json'
        'a.b'          | 'dotted'
        'empty'        | null
        'folder'       | null
    }

    def "a value of Consul knows its address, counts as read, and is asked for once"() {
        given:
        consul.keys['converge/web-1/port'] = '80'
        def data = data(consulLevel())

        expect:
        data.lookup('port').value().get().at().toString() == "$consul.address/v1/kv/converge/web-1/port:1:1"
        data.lookup('other').value().empty
        consul.asked == ['/v1/kv/converge/web-1/']
        read["$consul.address/v1/kv/converge/web-1".toString()].contains('80')
    }

    def "nobody is asked for a host that lacks the fact"() {
        given:
        facts = [:]

        expect:
        data(consulLevel()).lookup('port').steps()*.why() == ['this host has no fact hostname']
        consul.asked.empty
    }

    def "an encrypted value in Consul is a secret"() {
        given:
        def key = new KeyFile(folder.resolve('data.key')).create().value().get()
        consul.keys['converge/web-1/password'] = key.encrypt('correct horse').toString()

        when:
        def value = data(consulLevel("keyFile: $folder/data.key")).lookup('password').value().get()

        then:
        value.value().reveal() == 'correct horse'
        !value.toString().contains('correct horse')
    }

    def "a token is sent from its file, and never shown"() {
        given:
        consul.token = 'c1d2-token'
        consul.keys['converge/web-1/port'] = '80'
        def file = token(written)

        when:
        def said = outcome { data(consulLevel("tokenFile: $file")).lookup('port').value().get().plain() }

        then:
        said == '80' || said.contains(consul.address) || said.contains(file)
        said.contains(expected)
        written in ['c1d2-token\n', ''] || !said.contains(written.strip())

        where:
        written                        | expected
        'c1d2-token\n'                 | '80'
        'wrong-token\n'                | 'key_prefix'
        'root:x:0:0:root:/root:/bin/sh' | 'holds no token'
        ''                             | 'holds no token'
    }

    def "a token that others can read is refused"() {
        given:
        def file = token('c1d2-token')
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString('rw-r--r--'))

        expect:
        outcome { data(consulLevel("tokenFile: $file")).lookup('port') }.contains("chmod 0600 $file")
        consul.asked.empty
    }

    def "a server that #what is told at the level's line"() {
        given:
        consul.instead = answer

        when:
        def failure = failure { data(consulLevel('timeout: 20s')).lookup('port') }

        then:
        failure.diagnostic().code() == Code.DATA
        failure.diagnostic().at().get().toString() == 'data/hierarchy.yaml:3:5'
        failure.message.contains("$consul.address/v1/kv/converge/web-1")
        failure.message.contains(said)

        where:
        what             | said                | answer
        'fails'          | '500: No leader'    | { ConsulStandIn.say(it, 500, 'No leader\nmore') }
        'leads elsewhere'| '301'               | { it.responseHeaders.set('Location', 'http://127.0.0.1:1/'); ConsulStandIn.say(it, 301, '') }
        'is none'        | 'no list of keys'   | { ConsulStandIn.say(it, 200, '<html>') }
        'breaks off'     | 'Cannot reach'      | { it.sendResponseHeaders(200, 100); it.responseBody.write('['.bytes); it.responseBody.flush(); it.close() }
        'talks on'       | 'more than 16 MiB'  | { e -> e.sendResponseHeaders(200, 0); 400.times { e.responseBody.write(new byte[1 << 16]) } }
    }

    def "a server that hangs half-way is given up in time"() {
        given:
        consul.instead = { consul.hang(it) }

        expect:
        failure { data(consulLevel('timeout: 1s')).lookup('port') }.message.contains('has not answered within 1s')
    }

    @Timeout(8)
    def "a server that sends a byte now and then is given up in time: #where"() {
        given:
        consul.instead = { consul.drip(it, headers) }

        expect:
        failure { data(consulLevel('timeout: 1s')).lookup('port') }.message.contains('has not answered within 1s')

        where:
        where         | headers
        'in the body' | 1
        'in chunks'   | 0
    }

    def "a server that is not there is told"() {
        given:
        def level = consulLevel()
        consul.close()

        expect:
        failure { data(level).lookup('port') }.message.contains("Cannot reach $consul.address")
    }

    def "what a program prints are values: #script"() {
        expect:
        data(commandLevel(script)).lookup('port').value().map { it.plain() }.orElse(null) == value

        where:
        script                                            | value
        'echo port: 80'                                   | 80
        'echo \'{"port": 80}\''                           | 80
        'echo "port: $1"'                                 | 'web-1.example.com'
        'echo "{}"'                                       | null
        ':'                                               | null
        'echo note >&2; echo port: 80'                    | 80
        'echo "port: [$(tty || true)]"'                   | ['not a tty']
    }

    def "a value of a program knows the command, which runs once"() {
        given:
        def data = data(commandLevel("echo x >> $folder/runs; echo port: 80"))

        expect:
        data.lookup('port').value().get().at().toString() == "$folder/inventory web-1.example.com:1:7"
        data.lookup('other').value().empty
        Files.readAllLines(folder.resolve('runs')).size() == 1
        read.keySet().any { it.endsWith('/inventory web-1.example.com') }
    }

    def "a program that #what is told"() {
        when:
        def failure = failure { data(commandLevel(script, 'timeout: 2s')).lookup('port') }

        then:
        failure.diagnostic().code() == Code.DATA
        failure.message.contains(said)

        where:
        what              | script                                           | said
        'fails'           | 'echo port: 80; echo no such host >&2; exit 3'   | 'status 3:\nno such host'
        'is killed'       | 'kill -9 $$'                                     | 'status 137'
        'does not end'    | 'sleep 600 & sleep 600'                          | 'still running after 2s'
        'prints no YAML'  | 'echo "port: ]"'                                 | 'cannot be read'
        'prints a text'   | 'echo hello'                                     | 'This is text'
        'prints too much' | 'printf "port: "; head -c 1100000 /dev/zero | tr "\\0" x' | 'more than 1 MiB'
    }

    def "a program that is not there is told"() {
        given:
        def level = commandLevel(':')
        Files.delete(folder.resolve('inventory'))

        expect:
        failure { data(level).lookup('port') }.message.contains('does not exist')
    }

    def "this machine decides whom sites may ask"() {
        given:
        consul.keys['converge/web-1/port'] = '80'
        def levels = [consulLevel(), commandLevel("touch $folder/ran")]
        Files.writeString(folder.resolve('sources'), list)
        Files.setPosixFilePermissions(folder.resolve('sources'), PosixFilePermissions.fromString(mode))

        expect:
        levels.each { level ->
            def failure = failure { data(level).lookup('port') }
            assert failure.diagnostic().suggestion().get().contains("$folder/sources")
        }
        consul.asked.empty
        !Files.exists(folder.resolve('ran'))

        where:
        list               | mode
        ''                 | 'rw-r--r--'
        '/usr/bin/other\n' | 'rw-r--r--'
        '*\n'              | 'rw-r--r--'
        'x\n'              | 'rw-rw-rw-'
    }

    def "a level is refused before anybody is asked: #level"() {
        expect:
        failure { data(level) }.message.contains(said)

        where:
        level                                                          | said
        "consul: 'http://u:p@127.0.0.1:8500', prefix: a"               | 'no address'
        "consul: 'http://127.0.0.1:8500?token=x', prefix: a"           | 'no address'
        "consul: 'file:///etc/passwd', prefix: a"                      | 'no address'
        "consul: '127.0.0.1:8500', prefix: a"                          | 'no address'
        "consul: 'http://127.0.0.1:8500'"                              | 'which keys'
        "command: 'inventory'"                                         | 'whole path'
        "command: []"                                                  | 'whole path'
        "command: ['/bin/true'], tiemout: 5s"                          | 'no "tiemout"'
        "command: ['/bin/true'], timeout: 5m"                          | '20s at most'
        "command: ['/bin/true'], timeout: soon"                        | 'soon'
    }

    private String consulLevel(String more = '') {
        permit(consul.address)
        "consul: '$consul.address', prefix: 'converge/\${hostname}'" + (more ? ", $more" : '')
    }

    private String commandLevel(String script, String more = '') {
        def program = folder.resolve('inventory')
        Files.writeString(program, "#!/bin/sh\n$script\n")
        program.toFile().executable = true
        permit(program.toString())
        "command: [$program, '\${fqdn}']" + (more ? ", $more" : '')
    }

    private void permit(String source) {
        def list = folder.resolve('sources')
        Files.writeString(list, (Files.exists(list) ? Files.readString(list) : '') + source + '\n')
    }

    private String token(String text) {
        def file = folder.resolve('token')
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-------'))
        file.toString()
    }

    private Data data(String level) {
        def data = Files.createDirectories(folder.resolve('data'))
        Files.writeString(data.resolve('hierarchy.yaml'), "version: 1\nlevels:\n  - { name: far, $level }\n")
        def reading = new Reading(new Facts(new FixedFacts(facts)), new ParsedDocuments(), { where, text -> read[where] = text },
            new Outside(new LocalCommands(Path.of('/')), folder.resolve('sources')))
        def hierarchy = Hierarchy.read('site', data, 'data', reading)
        if (!hierarchy.isOk()) {
            throw new DataFailure(hierarchy.diagnostics()[0])
        }
        new Data([hierarchy.value().get()], reading)
    }

    private static DataFailure failure(Closure<?> asked) {
        try {
            asked()
        } catch (DataFailure e) {
            return e
        }
        throw new AssertionError('nothing failed' as Object)
    }

    private static String outcome(Closure<?> asked) {
        try {
            asked().toString()
        } catch (DataFailure e) {
            "${e.message} ${e.diagnostic().suggestion().orElse('')}"
        }
    }
}
