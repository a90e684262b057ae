package dev.converge.container

import dev.converge.ResourceSpecification
import dev.converge.testhost.ContainerEngine
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** Containers that are started, stopped and restarted. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class ContainerRunningSpec extends ResourceSpecification<ContainerResource> implements TestContainers {
    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()

    def "#kind: a container that #what is started or stopped as declared, and never recreated"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web'))
        def first = id(engine, 'web')
        engine.run(*how)

        when:
        def change = converge(container(engine, 'web', [running: running])).get()

        then:
        change.attributes()*.attribute()*.name() == ['running']
        !change.recreates()
        id(engine, 'web') == first
        difference(container(engine, 'web', [running: running])).empty

        where:
        [kind, [what, how, running]] << [['podman', 'docker'], [
            ['was stopped', ['stop', '-t', '0', 'web'], true],
            ['was paused', ['pause', 'web'], true],
            ['runs', ['version'], false],
        ]].combinations()
    }

    def "#kind: a refresh restarts a container that runs, and no other"() {
        given:
        def engine = engine(kind)
        def desired = container(engine, 'web')
        def made = converge(desired)
        def started = format(engine, 'web', '{{.State.StartedAt}}')

        expect:
        !provider().refresh(desired, made, newHost()).done
        format(engine, 'web', '{{.State.StartedAt}}') == started
        provider().checkRefresh(desired, Optional.empty(), newHost()).done
        format(engine, 'web', '{{.State.StartedAt}}') == started
        provider().refresh(desired, Optional.empty(), newHost()).done
        format(engine, 'web', '{{.State.StartedAt}}') != started

        when:
        engine.run('stop', '-t', '0', 'web')

        then:
        !provider().refresh(desired, Optional.empty(), newHost()).done
        format(engine, 'web', '{{.State.Running}}') == 'false'

        where:
        kind << ['podman', 'docker']
    }
}
