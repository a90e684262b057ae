package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import dev.converge.testhost.TestHost
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** The script of each example is one that any shell reads, and that can be run again. */
class ShellExamplesSpec extends Specification {
    static final List<List<String>> READERS = [['dash', '-n'], ['busybox', 'sh', '-n'], ['bash', '--posix', '-n'], ['shellcheck', '--shell=sh']]

    /** Without those that take long: what is in their scripts is tried by CloudInitParitySpec too. */
    static final List<String> RUN = ['application-server', 'quickstart', 'sudoers', 'web-server']

    @TempDir
    Path folder

    private static String said(List<?> words) {
        def process = new ProcessBuilder(words*.toString()).redirectErrorStream(true).start()
        process.inputStream.text + (process.waitFor() == 0 ? '' : "\nexit ${process.exitValue()}")
    }

    def "what stands in the script of #example is shell, and shellcheck finds nothing in it"() {
        given:
        def script = folder.resolve('first-boot.sh')
        def rendered = Converge.HERE.shell("./converge render shell examples/$example --facts ${Repository.path('examples/src/test/resources/facts.json')} --allow-secrets -o $script")

        expect:
        rendered.exit == 0
        READERS.collectEntries { [it.join(' '), said([*it, script])] }.findAll { it.value } == [:]

        where:
        example << ExamplesSpec.EXAMPLES
    }

    @Timeout(300)
    @Requires({ TestHost.possible })
    def "run twice, the scripts of #examples change nothing the second time"() {
        given:
        def machine = Converge.HERE.boot()
        examples.each { example ->
            def rendered = Converge.HERE.inside(machine, 'render', 'shell', "$Converge.HERE.checkout/examples/$example", '-o', "/root/${example}.sh")
            assert rendered.exit == 0 : rendered
        }

        when:
        examples.each { machine.run('sh', "/root/${it}.sh") }
        def before = state(machine)
        examples.each { machine.run('sh', "/root/${it}.sh") }
        def after = state(machine)

        then:
        (before - after).sort() == []
        (after - before).sort() == []

        cleanup:
        machine?.close()

        where:
        examples = RUN
    }

    /** Files with their times, packages, and since when services run; without what the system writes by itself. */
    private static Set<String> state(TestHost machine) {
        machine.run('sh', '-c', '''
            find / -xdev \\( -path /proc -o -path /sys -o -path /run -o -path /var/log -o -path '/root/*' -o -path /var/lib/systemd \\) -prune -o -printf '%p %y %u %g %m %s %T@ %l\\n'
            find /tmp -mindepth 1 -printf '%p %y %u %g %m %s %T@\\n'
            dpkg-query -W
            systemctl show --type=service --state=running -p Id -p ExecMainStartTimestamp
            ''').readLines().findAll { !it.startsWith('/tmp d ') } as Set
    }
}
