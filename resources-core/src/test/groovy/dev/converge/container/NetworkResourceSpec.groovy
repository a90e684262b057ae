package dev.converge.container

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.ContainerEngine
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** Networks of a real podman and a real Docker. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class NetworkResourceSpec extends ProviderContractSpec<NetworkResource> {
    /** The engines' own. */
    static final List<String> OWN = ['bridge', 'host', 'none', 'podman']

    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()

    def setupSpec() {
        [podman, docker].each { it.image('localhost/app:1', 'CMD ["sleep", "1000"]') }
    }

    def cleanup() {
        [podman, docker].each { engine ->
            engine.removeContainers()
            if (engine.listed('/networks', 'Name').any { !(it in OWN) }) {
                engine.run('network', 'prune', '-f')
            }
        }
    }

    @Override
    NetworkType schema() {
        new NetworkType()
    }

    @Override
    Host newHost() {
        new EngineHost(podman)
    }

    @Override
    Map<String, Closure<NetworkResource>> samples() {
        [podman: podman, docker: docker].collectEntries { kind, engine ->
            [
                ("$kind network" as String): { network(engine, [:]) },
                ("$kind network with everything" as String): {
                    network(engine, [driver: 'bridge', subnet: '10.89.7.0/24', gateway: '10.89.7.1', internal: 'true', ipv6: 'false', labels: [role: 'test']])
                },
            ]
        }
    }

    NetworkResource network(ContainerEngine engine, Map<String, ?> attributes) {
        resource('backend', [engine: "unix://$engine.socket" as String] + attributes)
    }

    ContainerEngine engine(String kind) {
        kind == 'podman' ? podman : docker
    }

    def "#kind: a change makes it anew, and leaves the rest as it was"() {
        given:
        def engine = engine(kind)
        converge(network(engine, [subnet: '10.89.7.0/24', labels: [a: 'b']]))

        when:
        def change = converge(network(engine, [internal: 'true'])).get()

        then:
        change.recreates()
        change.attributes()*.attribute()*.name() == ['internal']
        difference(network(engine, [subnet: '10.89.7.0/24', labels: [a: 'b'], internal: 'true'])).empty

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: while a container is in it, it is neither changed nor removed"() {
        given:
        def engine = engine(kind)
        converge(network(engine, [:]))
        engine.run('create', '--name', 'inside', '--network', 'backend', 'localhost/app:1')

        when:
        converge(network(engine, attributes), ensure)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('inside')
        difference(network(engine, [:])).empty

        where:
        [kind, [attributes, ensure]] << [['podman', 'docker'], [[[internal: 'true'], Ensure.PRESENT], [[:], Ensure.ABSENT]]].combinations()
    }

    def "#kind: the old network is back when the new one cannot be made"() {
        given:
        def engine = engine(kind)
        converge(network(engine, [subnet: '10.89.7.0/24']))

        when:
        converge(network(engine, [driver: 'nonsense']))

        then:
        thrown(ResourceFailure)
        difference(network(engine, [subnet: '10.89.7.0/24'])).empty

        where:
        kind << ['podman', 'docker']
    }
}
