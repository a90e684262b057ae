package dev.converge.container

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.ContainerEngine
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** Volumes of a real podman and a real Docker. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class VolumeResourceSpec extends ProviderContractSpec<VolumeResource> {
    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()

    def setupSpec() {
        [podman, docker].each { it.image('localhost/app:1', 'CMD ["sleep", "1000"]') }
    }

    def cleanup() {
        [podman, docker].each { engine ->
            engine.removeContainers()
            engine.listed('/volumes', 'Name').each { engine.run('volume', 'rm', it) }
        }
    }

    @Override
    VolumeType schema() {
        new VolumeType()
    }

    @Override
    Host newHost() {
        new EngineHost(podman)
    }

    @Override
    Map<String, Closure<VolumeResource>> samples() {
        [podman: podman, docker: docker].collectEntries { kind, engine ->
            [
                ("$kind volume" as String): { volume(engine, [:]) },
                ("$kind volume with everything" as String): {
                    volume(engine, [driver: 'local', options: [type: 'tmpfs', device: 'tmpfs', o: 'nodev'], labels: [role: 'test']])
                },
            ]
        }
    }

    VolumeResource volume(ContainerEngine engine, Map<String, ?> attributes) {
        resource('data', [engine: "unix://$engine.socket" as String] + attributes)
    }

    ContainerEngine engine(String kind) {
        kind == 'podman' ? podman : docker
    }

    def "#kind: a volume that is not as declared is said, and its data stays"() {
        given:
        def engine = engine(kind)
        converge(volume(engine, [labels: [a: '1']]))
        engine.run('run', '--rm', '-v', 'data:/data', 'localhost/app:1', 'touch', '/data/precious')

        when:
        converge(volume(engine, [labels: [a: '2']]))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('data')
        engine.run('run', '--rm', '-v', 'data:/data', 'localhost/app:1', 'ls', '/data').trim() == 'precious'

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: a volume that a container uses is not removed, and the container is named"() {
        given:
        def engine = engine(kind)
        converge(volume(engine, [:]))
        engine.run('create', '--name', 'user', '-v', 'data:/data', 'localhost/app:1')

        when:
        converge(volume(engine, [:]), Ensure.ABSENT)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('user')
        difference(volume(engine, [:])).empty

        where:
        kind << ['podman', 'docker']
    }
}
