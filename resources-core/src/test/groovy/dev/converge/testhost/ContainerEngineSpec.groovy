package dev.converge.testhost

import java.nio.file.Files
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** The fixture itself: what other specs rely on. */
@Timeout(120)
class ContainerEngineSpec extends Specification {
    @Requires({ data.possible })
    def "#kind makes images without a registry, runs them, and takes everything along"() {
        given:
        def engine = ContainerEngine."$kind"()
        def folder = engine.socket.parent

        when:
        def first = engine.image('localhost/web:1', 'CMD ["httpd", "-f", "-h", "/srv"]', 'EXPOSE 80', 'ENV KIND=plain', '/srv/index.html': 'hello')
        def second = engine.image('localhost/web:2', '/srv/index.html': 'other')
        def id = engine.run('run', '-d', '--name', 'web', '-p', '8080:80', 'localhost/web:1').readLines().last()

        then:
        first != second
        new PollingConditions(timeout: 10).eventually { assert new URL("http://$engine.address:8080/").text == 'hello' }
        engine.inside('busybox', 'ping', '-c1', '-W5', engine.machineAddress).contains('1 packets received')

        when:
        def answer = engine.get('/v1.41/containers/json?all=1')

        then:
        answer.contains(id)
        engine.requests.count('GET /containers/json?all=1') == 1

        when:
        engine.close()

        then:
        !Files.exists(folder)
        !new File('/proc/self/mounts').text.contains("$folder")
        Shell.must(['find', '/sys/fs/cgroup', '-name', "*$id*"]) == ''
        !Shell.run(['pgrep', '-f', folder]).ok
        !Shell.must(['ip', '-o', 'address']).contains("$engine.machineAddress/")

        where:
        kind     | possible
        'podman' | ContainerEngine.podmanPossible
        'docker' | ContainerEngine.dockerPossible
    }
}
