package dev.converge.container

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.provider.Action
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.ContainerEngine
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir

/** Images of a real podman and a real Docker, from a registry and from archives. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class ImageResourceSpec extends ProviderContractSpec<ImageResource> {
    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()
    @Shared @TempDir Path folder
    @Shared @AutoCleanup ImageRegistry registry

    def setupSpec() {
        registry = new ImageRegistry(folder)
        registry.put('app', '1', 'first')
        docker.image('localhost/saved:1', 'CMD ["sleep", "1000"]')
        docker.run('save', '-o', "$folder/saved.tar", 'localhost/saved:1')
        docker.run('rmi', 'localhost/saved:1')
    }

    def cleanup() {
        [podman, docker].each { engine ->
            engine.removeContainers()
            engine.listed('/images/json', 'Id').each { engine.run('rmi', '-f', it) }
        }
    }

    @Override
    ImageType schema() {
        new ImageType()
    }

    @Override
    Host newHost() {
        new EngineHost(podman)
    }

    @Override
    Map<String, Closure<ImageResource>> samples() {
        [podman: podman, docker: docker].collectEntries { kind, engine ->
            [
                ("image that $kind pulls" as String): { image(engine, pulled(engine)) },
                ("image that $kind loads" as String): { image(engine, 'localhost/saved:1', "$folder/saved.tar") },
            ]
        }
    }

    ImageResource image(ContainerEngine engine, String name, String source = null) {
        resource(ImageName.parse(name), [engine: "unix://$engine.socket" as String, source: source])
    }

    String pulled(ContainerEngine engine, String tag = ':1') {
        "$engine.machineAddress:$registry.port/app$tag"
    }

    ContainerEngine engine(String kind) {
        kind == 'podman' ? podman : docker
    }

    def "#kind: an image by its digest is that one, also after its tag has moved"() {
        given:
        def engine = engine(kind)
        def digest = registry.put('app', '1', 'first')
        registry.put('app', '1', 'second')

        when:
        converge(image(engine, pulled(engine, "@$digest")))

        then:
        difference(image(engine, pulled(engine, "@$digest"))).empty
        difference(image(engine, pulled(engine, ":1@$digest"))).empty
        engine.run('run', '--rm', pulled(engine, "@$digest"), '/bin/sh', '-c', 'echo $MARK').trim() == 'first'

        cleanup:
        registry.put('app', '1', 'first')

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: an image that the registry does not have fails with its words"() {
        when:
        converge(image(engine(kind), pulled(engine(kind), ':none')))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(':none')
        failure.message.contains('manifest unknown')

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: another image in the archive is loaded, and one that it does not have is said"() {
        given:
        def engine = engine(kind)
        def desired = image(engine, 'localhost/saved:1', "$folder/saved.tar")
        engine.image('localhost/saved:1', 'CMD ["true"]')

        expect:
        converge(desired).get().attributes()*.attribute()*.name() == ['source']
        difference(desired).empty

        when:
        converge(image(engine, 'localhost/other:1', "$folder/saved.tar"))

        then:
        def failure = thrown(ResourceFailure)
        failure.message == "The archive $folder/saved.tar has no image localhost/other:1; it has localhost/saved:1."

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: an image that a container uses is not removed"() {
        given:
        def engine = engine(kind)
        engine.image('localhost/used:1', 'CMD ["true"]')
        engine.run('create', '--name', 'user', 'localhost/used:1')

        when:
        converge(image(engine, 'localhost/used:1'), Ensure.ABSENT)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('remove the image localhost/used:1')
        engine.run('images', '-q', 'localhost/used:1').trim()

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: a container pulls its image when the host has none, and by '#pull' #does a moved tag"() {
        given:
        def engine = engine(kind)
        registry.put('app', '1', 'first')
        def container = { containers.resource('web', [image: pulled(engine), pull: pull, engine: "unix://$engine.socket" as String, stopTimeout: '0s', running: false]) }
        containers.converge(container())

        when:
        registry.put('app', '1', 'second')
        def change = containers.converge(container())

        then:
        change.present == (does == 'follows')
        change.every { it.attributes()*.attribute()*.name() == ['image'] && it.action() == Action.UPDATE }
        engine.run('inspect', '--type', 'container', 'web').contains(does == 'follows' ? 'MARK=second' : 'MARK=first')
        containers.difference(container()).empty

        cleanup:
        registry.put('app', '1', 'first')

        where:
        kind     | pull      | does
        'docker' | 'missing' | 'does not follow'
        'docker' | 'always'  | 'follows'
        'podman' | 'missing' | 'does not follow'
    }

    def "podman cannot tell what a registry has, and says so instead of guessing"() {
        given:
        converge(image(podman, pulled(podman)))
        def desired = containers.resource('web', [image: pulled(podman), pull: 'always', engine: "unix://$podman.socket" as String, running: false])
        podman.run('create', '--name', 'web', pulled(podman))

        when:
        containers.difference(desired)

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('cannot say which image the registry has')
        failure.advice().get().contains('digest')
    }

    /** What the contract does, for containers. */
    private ContainerSteps getContainers() {
        new ContainerSteps()
    }
}

/** Observes and converges containers for a spec about images. */
class ContainerSteps extends ResourceSpecification<ContainerResource> {
    @Override
    ContainerType schema() {
        new ContainerType()
    }

    @Override
    Host newHost() {
        new FolderHost(Path.of('/'))
    }
}
