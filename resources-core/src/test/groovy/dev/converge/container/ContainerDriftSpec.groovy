package dev.converge.container

import static dev.converge.container.SleepingImage.SLEEP

import dev.converge.ResourceSpecification
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.testhost.ContainerEngine
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** What of a container is a change, by what that is made, and what is none. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class ContainerDriftSpec extends ResourceSpecification<ContainerResource> implements TestContainers {
    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()

    def "#kind: a change of #attribute from #before to #after recreates, and only that is named"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', [(attribute): before, running: false]))
        def first = id(engine, 'web')
        def desired = container(engine, 'web', [(attribute): after, running: false])

        when:
        def change = converge(desired).get()

        then:
        change.action() == Action.UPDATE
        change.attributes()*.attribute()*.name() == [attribute]
        change.recreates()
        id(engine, 'web') != first
        difference(desired).empty
        engine.run('ps', '-a', '--format', '{{.Names}}').readLines() == ['web']

        where:
        [kind, [attribute, before, after]] << [['podman', 'docker'], [
            ['command', SLEEP, ['sleep', '999']],
            ['environment', [A: Text.of('1')], [A: Text.of('2')]],
            ['environment', [A: Text.of('1'), B: Text.of('1')], [A: Text.of('1')]],
            ['environment', [KIND: Text.of('x')], [:]],
            ['ports', ['18081:80'], ['18082:80']],
            ['volumes', ['one:/v'], ['one:/v:ro']],
            ['labels', [a: '1'], [a: '2']],
            ['user', '1', '2'],
            ['networks', ['inner'], ['outer']],
            ['hostname', 'a', 'b'],
            ['dropCapabilities', ['MKNOD'], ['ALL']],
        ]].combinations()
    }

    def "#kind: what the image sets is no drift when #what"() {
        given:
        def engine = engine(kind)
        def desired = container(engine, 'web', attributes + [running: false])
        converge(desired)
        def first = id(engine, 'web')

        expect:
        converge(desired).empty
        id(engine, 'web') == first

        where:
        [kind, [what, attributes]] << [['podman', 'docker'], [
            ['nothing is declared', [:]],
            ['a variable is added to its own', [environment: [A: Text.of('1')]]],
            ['a variable is as the image sets it', [environment: [KIND: Text.of('plain')]]],
            ['no variable is declared', [environment: [:]]],
            ['a label is added', [labels: [a: 'b']]],
            ['its command is declared', [command: SLEEP]],
            ['its folder is declared', [workingDirectory: '/tmp']],
            ['a free port of the host is asked for', [ports: ['80']]],
            ['every right is dropped', [dropCapabilities: ['ALL']]],
            ['every address is named', [ports: ['0.0.0.0:18083:80']]],
        ]].combinations()
    }

    def "#kind: limits and restart policy change as the engine can"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', [running: false, memory: '64m', restart: 'no', pidsLimit: '50']))
        def first = id(engine, 'web')
        def desired = container(engine, 'web', [running: false, memory: '256m', restart: 'always', pidsLimit: '60', cpus: '0.5'])

        when:
        def change = converge(desired).get()

        then:
        change.attributes()*.attribute()*.name() as Set == (['memory', 'restart', 'pidsLimit', 'cpus'] + (inPlace ? [] : ['limitsInPlace'])) as Set
        change.recreates() == !inPlace
        difference(desired).empty
        (id(engine, 'web') == first) == inPlace

        where:
        kind     || inPlace
        'podman' || false
        'docker' || true
    }

    def "#kind: a moved tag recreates, and says what the container was made of"() {
        given:
        def engine = engine(kind)
        engine.image('localhost/moving:1', 'CMD ["sleep", "1000"]')
        def desired = container(engine, 'web', [image: 'localhost/moving:1'])
        converge(desired)

        when:
        engine.image('localhost/moving:1', 'CMD ["sleep", "1000"]', '/new': 'yes')
        def change = converge(desired).get()

        then:
        change.attributes()*.attribute()*.name() == ['image']
        change.attributes()[0].before().get().toString() ==~ 'localhost/moving:1@sha256:[0-9a-f]{64}'
        engine.run('exec', 'web', 'cat', '/new').trim() == 'yes'
        difference(desired).empty

        where:
        kind << ['podman', 'docker']
    }
}
