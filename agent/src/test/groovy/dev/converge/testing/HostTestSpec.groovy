package dev.converge.testing

import dev.converge.cli.CliSpecification
import dev.converge.testhost.TestHost
import java.nio.file.Files
import spock.lang.Requires
import spock.lang.Timeout
import spock.util.environment.RestoreSystemProperties

/** Specs of authors that converge a machine. */
@Timeout(300)
class HostTestSpec extends CliSpecification {
    private int test(String features) {
        def tests = Files.createDirectories(folder.resolve('site/test'))
        Files.writeString(tests.resolve('HostSpec.groovy'), "import dev.converge.testing.ConvergeSpec\nclass HostSpec extends ConvergeSpec {\n$features\n}\n")
        run('module', 'test', folder.resolve('site').toString())
    }

    @Requires({ TestHost.possible })
    def "a machine is really converged, twice, and each test begins with a fresh one"() {
        expect:
        test('''
            def "serves a page"() {
                given:
                run 'touch', '/etc/before'
                when:
                converge {
                    pkg 'nginx-light'
                    file('/etc/motd') { content "${facts.os.codename}\\n"; mode '0640' }
                    link('/etc/broken') { target '/nowhere' }
                    service('nginx') { running true; enabled true; requires pkg['nginx-light'] }
                }
                then:
                service('nginx').isRunning()
                service('nginx').isEnabled()
                port(80).isListening()
                port(81).isClosed()
                file('/etc/motd').content == 'bookworm\\n'
                file('/etc/motd').mode == '0640'
                file('/etc/motd').owner == 'root'
                file('/etc/motd').isFile()
                file('/etc').isDirectory()
                file('/etc/motd').contains('book')
                file('/etc/motd').contains(~/^book/)
                command('nginx', '-t').succeeds()
                command('nginx', '-t').prints('syntax is ok')
                command('false').fails()
                command('sh', '-c', 'exit 3').ends(3)
                contains file('/etc/motd') { mode '0640' }
                changed.contains('pkg[nginx-light]')
            }
            def "is fresh"() {
                expect:
                file('/etc/before').isAbsent()
                file('/usr/sbin/nginx').isAbsent()
                file('/etc/motd').exists()
            }''') == 0
        out.contains('2 tests: 2 passed')
        out.contains('Coverage') == false
    }

    @Requires({ TestHost.possible })
    def "what goes wrong is said"() {
        expect:
        test(asked.collect { told, code -> "def \"$told\"() {\n$code\n}" }.join('\n')) == 4
        out.contains("${asked.size()} tests: 0 passed, ${asked.size()} failed")
        asked.keySet().each { assert out.count(it) == 2 : "$it\n$out" }
        !out.contains('Exception')

        where:
        asked = [
            'The second run found something to do': "when: converge { exec('x') { command 'true' } }; then: true",
            'The host did not converge.': "when: converge { exec('x') { command 'false' } }; then: true",
            'The manifest does not compile.': "when: converge { exec('x') { comand 'false' } }; then: true",
            'cron is active, not inactive': "expect: service('cron').isStopped()",
            'Nothing listens on port 81; open are [22].': 'expect: port(81).isListening()',
            'Something listens on port 22.': 'expect: port(22).isClosed()',
            'false ended with 1, not 0, and printed nothing.': "expect: command('false').succeeds()",
            '/nowhere is not there.': "expect: file('/nowhere').exists()",
            '/etc/passwd is there.': "expect: file('/etc/passwd').isAbsent()",
            'others belong to a ManifestSpec': "expect: facts('rocky-9')",
        ]
    }

    @RestoreSystemProperties
    def "without root the tests are skipped, and say why"() {
        given:
        System.setProperty('user.name', 'nobody')

        expect:
        test("def 'x'() { expect: file('/').exists() }") == 0
        out.contains('skipped')
        out.contains('A throw-away host needs')
    }
}
