package dev.converge.cli

import dev.converge.vault.KeyFile
import java.nio.file.Files
import java.nio.file.Path
import spock.util.environment.RestoreSystemProperties

/** From an encrypted value, or a program's, to the host. */
class SecretDataSpec extends CliSpecification {
    static final String PLAIN = 'correct horse battery'

    private String secretSite(String password) {
        def data = Files.createDirectories(folder.resolve('site/data'))
        Files.writeString(data.resolve('hierarchy.yaml'), "version: 1\nkeyFile: $folder/data.key\nlevels:\n  - { name: common, path: common.yaml }\n")
        Files.writeString(data.resolve('common.yaml'), "db:\n  password: $password\n")
        site("file('$folder/app.conf') { content \"password = \${lookup('db.password', String)}\\n\" }")
    }

    private String encrypted() {
        new KeyFile(folder.resolve('data.key')).create().value().get().encrypt(PLAIN)
    }

    def "an encrypted value reaches the host, and nothing else"() {
        given:
        def place = secretSite(encrypted())

        expect:
        run('--dry-run', '--verbose', place) == 2
        !(out + err).contains(PLAIN)

        and:
        run('--verbose', place) == 0
        !(out + err).contains(PLAIN)
        Files.readString(folder.resolve('app.conf')) == "password = $PLAIN\n"

        and:
        run('--output', 'json', place) == 0
        !(out + err).contains(PLAIN)
        converge('compile', place) == 0
        !(out + err).contains(PLAIN)

        and: 'no file of the state or the cache holds it'
        holding(folder.resolve('state')).empty
        holding(folder.resolve('site')).empty
    }

    def "a value whose key #what is told at its line"() {
        given:
        def place = secretSite(encrypted())
        change(folder.resolve('data.key'))

        expect:
        run('--dry-run', place) == 1
        err.contains('at data/common.yaml:2:13')
        err.contains(advice)

        where:
        what                 | advice                 | change
        'is missing'         | 'converge data key'    | { Path key -> Files.delete(key) }
        'is for all to read' | 'chmod 0600'           | { Path key -> key.toFile().setReadable(true, false) }
        'is another one'     | '--key-file'           | { Path key -> Files.delete(key); new KeyFile(key).create() }
    }

    @RestoreSystemProperties
    def "a program that this machine permits is a level, and one that it does not is told with the line to add"() {
        given:
        def data = Files.createDirectories(folder.resolve('site/data'))
        def program = folder.resolve('inventory')
        Files.writeString(program, "#!/bin/sh\necho \"greeting: hello \$1\"\n")
        program.toFile().executable = true
        Files.writeString(data.resolve('hierarchy.yaml'), "version: 1\nlevels:\n  - { name: inventory, command: [$program, you] }\n")
        def place = site("file('$folder/greeting') { content lookup('greeting', String) }")
        def list = folder.resolve('sources')
        System.setProperty('converge.data.sources', list.toString())

        expect:
        run('--dry-run', place) == 1
        err.contains("echo '$program' >> $list")

        when:
        Files.writeString(list, "$program\n")

        then:
        run(place) == 0
        Files.readString(folder.resolve('greeting')) == 'hello you'

        and:
        converge('lookup', 'greeting', '--site', place) == 0
        out == 'hello you\n'
    }

    private static List<Path> holding(Path place) {
        Files.walk(place).withCloseable { files ->
            files.filter { Files.isRegularFile(it) && new String(Files.readAllBytes(it), 'ISO-8859-1').contains(PLAIN) }.toList()
        }
    }
}
