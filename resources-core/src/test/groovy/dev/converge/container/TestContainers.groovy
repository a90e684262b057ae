package dev.converge.container

import static dev.converge.container.SleepingImage.IMAGE

import dev.converge.ResourceSpecification
import dev.converge.provider.Host
import dev.converge.testhost.ContainerEngine
import groovy.transform.SelfType

/** Containers of a real podman and a real Docker; they are gone after each test. */
@SelfType(ResourceSpecification)
trait TestContainers {
    abstract ContainerEngine getPodman()

    abstract ContainerEngine getDocker()

    def setupSpec() {
        [podman, docker].each { engine ->
            engine.image(IMAGE, 'CMD ["sleep", "1000"]', 'ENV KIND=plain', 'ENV LEVEL=info', 'LABEL maker=us', 'WORKDIR /tmp')
            engine.run('network', 'create', 'inner')
            engine.run('network', 'create', 'outer')
        }
    }

    def cleanup() {
        [podman, docker]*.removeContainers()
    }

    ContainerType schema() {
        new ContainerType()
    }

    Host newHost() {
        new EngineHost(podman)
    }

    ContainerResource container(ContainerEngine engine, String name, Map<String, ?> attributes = [:]) {
        resource(name, [image: IMAGE, engine: "unix://$engine.socket" as String, stopTimeout: '0s'] + attributes)
    }

    ContainerEngine engine(String kind) {
        kind == 'podman' ? podman : docker
    }

    String id(ContainerEngine engine, String name) {
        engine.run('inspect', '--type', 'container', '--format', '{{.Id}}', name).trim()
    }

    String format(ContainerEngine engine, String name, String format) {
        engine.run('inspect', '--type', 'container', '--format', format, name).trim()
    }
}
