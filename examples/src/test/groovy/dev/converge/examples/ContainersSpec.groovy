package dev.converge.examples

import dev.converge.Converge
import dev.converge.testhost.ContainerEngine
import dev.converge.testhost.TestHost
import java.nio.file.Files
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** A container from a local image, by the whole of Converge in a booted host, under podman and under Docker. */
@Timeout(300)
@Requires({ TestHost.possible })
class ContainersSpec extends Specification {
    ContainerEngine engine
    TestHost machine

    void cleanup() {
        machine?.close()
        engine?.close()
    }

    @Requires({ data.possible })
    def "#kind: a container is made, served, left alone, and recreated for what cannot be changed in place"() {
        given:
        engine = ContainerEngine."$kind"()
        engine.image('localhost/web:1', 'CMD ["httpd", "-f", "-h", "/srv"]', 'EXPOSE 80', 'ENV KIND=plain', '/srv/index.html': 'hello')
        machine = Converge.HERE.boot(shared: [engine.socket.parent])

        when: 'it is tried'
        def tried = converge('--dry-run', 'hello')

        then:
        tried.exit == 2
        tried.changes == ['container[web]']
        engine.run('ps', '-aq') == ''

        when: 'it is made'
        def made = converge('hello')
        def id = identity()

        then:
        made.exit == 0
        new PollingConditions(timeout: 10).eventually { assert new URL("http://$engine.address:8080/").text == 'hello' }
        engine.run('exec', 'web', 'env').readLines().containsAll(['KIND=plain', 'GREETING=hello'])

        when: 'nothing changed'
        def again = converge('hello')

        then:
        again.exit == 0
        again.out.contains('in sync 1, changed 0')
        identity() == id

        when: 'another value is declared'
        def foreseen = converge('--dry-run', 'goodbye')

        then:
        foreseen.out.contains('environment')
        foreseen.out.contains('recreate')
        identity() == id

        when:
        def changed = converge('goodbye')

        then:
        changed.exit == 0
        identity() != id
        engine.run('exec', 'web', 'env').readLines().contains('GREETING=goodbye')
        engine.run('ps', '-aq').readLines().size() == 1

        where:
        kind     | possible
        'podman' | ContainerEngine.podmanPossible
        'docker' | ContainerEngine.dockerPossible
    }

    private String identity() {
        engine.run('ps', '-aq', '--no-trunc', '--filter', 'name=web').trim()
    }

    private Converge.Ended converge(String option = '', String greeting) {
        Files.writeString(machine.path('/root/site.groovy'), """\
            container('web') {
                image 'localhost/web:1'
                ports '8080:80'
                environment GREETING: '$greeting'
                stopTimeout '1s'
                engine 'unix://$engine.socket'
            }
            """.stripIndent())
        Converge.HERE.inside(machine, *([option, '/root/site.groovy'] - ''))
    }
}
