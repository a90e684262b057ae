package dev.converge.container

import dev.converge.testhost.ContainerEngine
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** What real engines tell while one listens. */
@Timeout(180)
class EngineEventsSpec extends Specification {
    @TempDir
    Path folder

    @Requires({ data.possible })
    def "#kind tells of what moves, and of nothing else"() {
        given:
        def engine = ContainerEngine."$kind"()
        engine.image('localhost/web:1', 'CMD ["sleep", "1000"]')
        def heard = new LinkedBlockingQueue<EngineEvents.Event>()
        def events = EngineEvents.listen(engine.socket)
        def ends = new LinkedBlockingQueue<Boolean>()
        def listener = Thread.start {
            try {
                while (true) {
                    heard.add(events.next())
                }
            } catch (IOException ended) {
                ends.add(true)
            }
        }
        def told = { String type, String name ->
            def event = heard.poll(20, TimeUnit.SECONDS)
            while (event != null && !(event.kind() == type && event.name().orElse(name) == name)) {
                event = heard.poll(20, TimeUnit.SECONDS)
            }
            event != null
        }
        def ran = { String... words -> engine.run(*words) != null }
        def quiet = { (1..20).any { heard.clear(); heard.poll(1, TimeUnit.SECONDS) == null } }

        expect:
        ran('run', '-d', '--name', 'web', '-t', 'localhost/web:1')
        told('container', 'web')

        and: 'looking, and what runs inside, moves nothing'
        quiet()
        ran('inspect', 'web')
        ran('exec', 'web', 'true')
        heard.poll(1, TimeUnit.SECONDS) == null

        and:
        ran('stop', '-t', '0', 'web')
        told('container', 'web')

        and:
        forgotten(heard)
        ran('rm', '-f', 'web')
        told('container', 'web')
        ran('volume', 'create', 'data')
        told('volume', 'data')

        and:
        forgotten(heard)
        ran('tag', 'localhost/web:1', 'localhost/web:2')
        told('image', '')

        when:
        engine.close()

        then:
        ends.poll(30, TimeUnit.SECONDS)

        cleanup:
        listener?.interrupt()
        listener?.join()
        events?.close()
        engine?.close()

        where:
        kind     | possible
        'podman' | ContainerEngine.podmanPossible
        'docker' | ContainerEngine.dockerPossible
    }

    private static boolean forgotten(Collection<?> heard) {
        heard.clear()
        true
    }

    def "an engine is where it is said to be, or at the first usual place that there is"() {
        given:
        ['run/podman/podman.sock', 'srv/own.sock'].each {
            Files.createDirectories(folder.resolve(it).parent)
            Files.createFile(folder.resolve(it))
        }

        expect:
        EngineEvents.socket(Optional.ofNullable(given).map { Path.of(it) }, folder).map { folder.relativize(it).toString() }.orElse('') == found

        where:
        given           || found
        null            || 'run/podman/podman.sock'
        '/srv/own.sock' || 'srv/own.sock'
        '/srv/no.sock'  || ''
    }
}
