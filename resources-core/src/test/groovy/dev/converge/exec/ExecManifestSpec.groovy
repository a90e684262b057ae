package dev.converge.exec

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.InvalidValueException
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Timeout

/** How a manifest writes a command, and what it may not write. */
@Timeout(60)
class ExecManifestSpec extends ExecFixture {
    def "attributes that contradict each other are refused: #given"() {
        when:
        exec(given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [
            [command: ['true'], shell: 'true'],
            [command: []],
            [command: ['']],
            [command: ['nginx -s reload']],
            [command: ['printf', 'a\0b']],
            [shell: 'a\0b'],
            [unless: ['a\0b']],
            [environment: [A: 'a\0b']],
            [returns: []],
            [returns: [256]],
            [returns: [-1]],
            [tries: 0],
            [timeout: Duration.ZERO],
            [umask: 'u=rwx'],
            [environment: ['A=B': 'x']],
            [environment: [PATH: '/bin'], path: [Path.of('/bin')]],
        ]
    }

    def "a manifest writes it as #body"() {
        given:
        Path site = Files.writeString(folder.resolve('site.groovy'), "exec('echo hello') {\n$body\n}\n")

        when:
        def compiled = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
                .compile(Site.open(site).value().get(), new Facts(new FixedFacts([:])))

        then:
        compiled.diagnostics().empty
        compiled.value().get().resources().first().desired() == exec([name: 'echo hello'] + expected)

        where:
        body                                                      || expected
        ''                                                        || [:]
        "command 'nginx', '-s', 'reload'"                         || [command: ['nginx', '-s', 'reload']]
        "command(['nginx', '-s', 'reload'])"                      || [command: ['nginx', '-s', 'reload']]
        "shell 'a | b'\ncreates '/tmp'\nreturns 0, 2"             || [shell: 'a | b', creates: ['/tmp'], returns: [0, 2]]
        "onlyIf 'a', 'b'\nunless 'c'\nrefreshOnly true"           || [onlyIf: ['a', 'b'], unless: ['c'], refreshOnly: true]
        "user 'www'\ncwd '/srv'\nenvironment A: 'b', N: 1"        || [user: 'www', cwd: Path.of('/srv'), environment: [A: 'b', N: '1']]
        "timeout '1h'\ntries 3\ntrySleep '2s'\numask '0027'"      || [timeout: Duration.ofHours(1), tries: 3, trySleep: Duration.ofSeconds(2), umask: '0027']
        "path '/opt/x/bin', '/bin'\ninput 'yes'\nsensitive true"  || [path: [Path.of('/opt/x/bin'), Path.of('/bin')], input: 'yes', sensitive: true]
    }
}
