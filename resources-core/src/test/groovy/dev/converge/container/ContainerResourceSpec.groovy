package dev.converge.container

import static dev.converge.container.SleepingImage.SLEEP

import dev.converge.ProviderContractSpec
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Values
import dev.converge.testhost.ContainerEngine
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir

/** Containers of a real podman and a real Docker: what is seen of them, and said before anything is done. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class ContainerResourceSpec extends ProviderContractSpec<ContainerResource> implements TestContainers {
    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()
    @Shared @TempDir Path folder

    @Override
    Map<String, Closure<ContainerResource>> samples() {
        [podman: podman, docker: docker].collectEntries { kind, engine ->
            [
                ("$kind container" as String): { container(engine, 'plain') },
                ("$kind container that does not run" as String): { container(engine, 'still', [running: false]) },
                ("$kind container with everything" as String): { container(engine, 'all', everything()) },
            ]
        }
    }

    Map<String, ?> everything() {
        def config = Files.writeString(folder.resolve('config'), 'yes')
        [
            command: SLEEP, entrypoint: ['env', '--'].take(1), environment: [A: Text.of('1'), EMPTY: Text.of(''), B: Text.of(Secret.of('s3cret=x'))],
            ports: ['18080:80', '127.0.0.1:15353:53/udp', '8081'], volumes: ['named:/named:ro', "$config:/etc/app:ro" as String],
            tmpfs: ['/scratch:size=1m'], networks: ['inner', 'outer'], user: '1:1', workingDirectory: '/etc', hostname: 'box',
            capabilities: ['NET_ADMIN'], dropCapabilities: ['cap_mknod'], readOnly: 'true', init: 'false',
            labels: [role: 'test'], healthCheck: ['true'], healthInterval: '30s', healthTimeout: '5s', healthRetries: '4', healthStartPeriod: '1s',
            logDriver: 'json-file', restart: 'on-failure:5', memory: '64m', cpus: '0.5', pidsLimit: '100', stopTimeout: '1s',
        ]
    }

    def "#kind: a secret in a variable is compared, and never shown"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', [environment: [TOKEN: Text.of(Secret.of('first-one'))]]))

        when:
        def change = difference(container(engine, 'web', [environment: [TOKEN: Text.of(Secret.of('other-one'))]])).get()
        def forgotten = difference(container(engine, 'web', [environment: [:]])).get()

        then:
        [change, forgotten].each {
            def shown = it.attributes().collect { [Values.display(it.before()), Values.display(it.after()), Values.source(it.before())] }.toString()
            assert !shown.contains('one')
        }

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: #what is said before anything is done"() {
        given:
        def engine = engine(kind)
        def desired = container(engine, 'web', attributes)

        when:
        provider().check(difference(desired).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)
        failure.advice().present

        where:
        [kind, [what, attributes, said]] << [['podman', 'docker'], [
            ['a network that is missing', [networks: ['nowhere']], 'no network nowhere'],
            ['a path of the host that is missing', [volumes: ['/no/such/path:/x']], '/no/such/path'],
            ['an image that may not be pulled', [image: 'localhost/none:1', pull: 'never'], 'localhost/none:1'],
        ]].combinations()
    }

    def "an engine that is not there fails, says where it was looked for and what to do"() {
        when:
        provider().observe(resource('web', [image: 'nginx', engine: "unix://$folder/none.sock" as String]), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message == "No container engine answers at $folder/none.sock (there is no such socket)."
        failure.advice().get().contains('podman.socket')
    }

    def "#kind: a run in which nothing changed asks once for each container and each image, and changes nothing"() {
        given:
        def engine = engine(kind)
        def all = (1..10).collect { container(engine, "c$it" as String, [running: false]) }
        all.each { converge(it) }
        def host = newHost()
        def before = engine.requests.size()

        when:
        all.each { provider().observe(it, host) }
        def asked = engine.requests.drop(before)

        then:
        asked.every { it.startsWith('GET ') }
        asked.count { it.startsWith('GET /containers/') } == 10
        asked.count { it.startsWith('GET /images/') } == 2
        asked.size() == 12 + greetings

        where:
        kind     || greetings
        'podman' || 1
        'docker' || 2
    }

    def "#kind: inspect describes a container so that it is in sync"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', everything()))
        def host = newHost()
        def live = new Containers(KnownEngines.at(Optional.of(EngineAddress.parse("unix://$engine.socket")), host)).find('web').get()

        when:
        def whole = WholeContainer.of(live)
        def values = schema().values(whole)
        values[schema().attribute('engine').get().index()] = Optional.of(EngineAddress.parse("unix://$engine.socket"))

        then:
        whole.environment().empty
        whole.labels().get() == [role: 'test']
        difference(schema().create(values)).empty

        where:
        kind << ['podman', 'docker']
    }
}
