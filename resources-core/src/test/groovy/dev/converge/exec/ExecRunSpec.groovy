package dev.converge.exec

import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Timeout

/** Commands that really run; what they leave behind is in a temporary folder. */
@Timeout(60)
class ExecRunSpec extends ExecFixture {
    def "no shell reads the words of a command"() {
        when:
        converge(exec(command: ['sh', '-c', 'printf "%s|" "$@" > "$0"', made(), '$HOME', 'a b', '*', "it's", '']))

        then:
        Files.readString(made()) == '$HOME|a b|*|it\'s||'
    }

    def "a script of several lines runs whole"() {
        when:
        converge(exec(shell: "for i in 1 2 3\ndo\n  echo \$i\ndone > $folder/made\n"))

        then:
        Files.readString(made()) == '1\n2\n3\n'
    }

    def "it starts in #place"() {
        when:
        converge(exec([shell: "pwd > $folder/made"] + (given ? [cwd: folder] : [:])))

        then:
        Files.readString(made()) == (given ? "$folder\n" : '/\n')

        where:
        place                      | given
        'the root by default'      | false
        'the folder that is given' | true
    }

    def "a variable that is #how is #shown"() {
        when:
        converge(exec(shell: "echo \"\${$name-unset}\" > $folder/made", environment: added))

        then:
        Files.readString(made()) == "$shown\n"

        where:
        how                     | name     | added          || shown
        'set'                   | 'COLOR'  | [COLOR: 'red'] || 'red'
        'overridden'            | 'LC_ALL' | [LC_ALL: 'C']  || 'C'
        'overridden with empty' | 'LC_ALL' | [LC_ALL: '']   || ''
        'only Converge\'s own'  | 'USER'   | [:]            || 'unset'
    }

    def "programs are looked for in path"() {
        given:
        Path tool = folder.resolve('converge-test-tool')
        Files.writeString(tool, "#!/bin/sh\n/bin/touch $folder/made\n")
        tool.toFile().setExecutable(true)

        when:
        converge(exec([path: [folder, Path.of('/bin')]] + form))

        then:
        Files.exists(made())

        where:
        form << [[command: ['converge-test-tool']], [shell: 'converge-test-tool'], [command: ['converge-test-tool'], umask: '0022']]
    }

    def "files get no bits of the umask #umask"() {
        when:
        converge(exec([umask: umask] + form.call(made())))

        then:
        Files.getPosixFilePermissions(made())*.toString().sort() == bits

        where:
        [umask, bits, form] << [
            [['0077', ['OWNER_READ', 'OWNER_WRITE']], ['0222', ['GROUP_READ', 'OTHERS_READ', 'OWNER_READ']]],
            [{ Path made -> [command: ['touch', made]] }, { Path made -> [shell: "touch $made"] }]
        ].combinations().collect { first, form -> [first[0], first[1], form] }
    }

    def "standard input is #input"() {
        when:
        converge(exec([shell: "cat > $folder/made"] + (input == null ? [:] : [input: input])))

        then:
        Files.readString(made()) == (input ?: '')

        where:
        input << ['several\nlines ü\n', null]
    }

    def "a large output of a success is no matter"() {
        expect:
        converge(exec(shell: 'head -c 10000000 /dev/zero')).present
    }

    def "a script that leaves a child with the output open does not hold up the run"() {
        when:
        long start = System.nanoTime()
        converge(exec(shell: "sleep 100 & echo \$! > $folder/made"))

        then:
        Duration.ofNanos(System.nanoTime() - start) < Duration.ofSeconds(10)

        cleanup:
        ProcessHandle.of(Files.readString(made()).trim() as long).ifPresent { it.destroyForcibly() }
    }

    def "it is tried until it succeeds, at most #tries times"() {
        when:
        boolean failed = false
        try {
            converge(exec(shell: "echo x >> $folder/made; test \$(wc -l < $folder/made) -ge 3", tries: tries, trySleep: Duration.ofMillis(10)))
        } catch (ResourceFailure e) {
            failed = true
        }

        then:
        Files.readAllLines(made()).size() == ran
        failed == fails

        where:
        tries || ran | fails
        1     || 1   | true
        2     || 2   | true
        3     || 3   | false
        9     || 3   | false
    }
}
