package dev.converge.container

import static dev.converge.container.SleepingImage.IMAGE

import dev.converge.ResourceSpecification
import dev.converge.model.Ensure
import dev.converge.model.Text
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.ContainerEngine
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared

/** A container that is replaced loses nothing, and one that cannot be, or a run that is killed meanwhile, leaves one that works. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class ContainerReplacementSpec extends ResourceSpecification<ContainerResource> implements TestContainers {
    /** The steps of a replacement. */
    static final List<String> MAKE_NEW = ['create', '--name', 'web.converge-new', IMAGE]
    static final List<String> STOP_OLD = ['stop', '-t', '0', 'web']
    static final List<String> MOVE_OLD = ['rename', 'web', 'web.converge-old']
    static final List<String> PLACE_NEW = ['rename', 'web.converge-new', 'web']

    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()

    def "#kind: what is not declared stays as somebody made it, even when the container is recreated"() {
        given:
        def engine = engine(kind)
        engine.run('run', '-d', '--name', 'web', '-e', 'MINE=1', '-p', '18084:80', '-v', 'kept:/kept', '--add-host', 'a:10.0.0.1', '--label', 'old=yes', '--network', 'inner',
            '--tmpfs', '/mem', '--cap-add', 'NET_ADMIN', '--hostname', 'mine', IMAGE, 'sleep', '500')

        when:
        converge(container(engine, 'web', [user: '7']))

        then:
        def live = container(engine, 'web', [user: '7', command: ['sleep', '500'], environment: [MINE: Text.of('1')], ports: ['18084:80'], volumes: ['kept:/kept'],
            labels: [old: 'yes'], networks: ['inner'], tmpfs: ['/mem'], capabilities: ['NET_ADMIN'], hostname: 'mine'])
        difference(live).empty
        format(engine, 'web', '{{.HostConfig.ExtraHosts}}').contains('a:10.0.0.1')

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: data in a volume that the image wants goes on to the next container, and no volume goes with a container"() {
        given:
        def engine = engine(kind)
        engine.image('localhost/store:1', 'CMD ["sleep", "1000"]', 'VOLUME /data')
        converge(container(engine, 'web', [image: 'localhost/store:1', volumes: ['named:/named']]))
        engine.run('exec', 'web', 'sh', '-c', 'echo precious > /data/file; echo too > /named/file')

        when:
        converge(container(engine, 'web', [image: 'localhost/store:1', volumes: ['named:/named'], user: '0']))

        then:
        engine.run('exec', 'web', 'cat', '/data/file', '/named/file').readLines() == ['precious', 'too']

        when:
        converge(container(engine, 'web'), Ensure.ABSENT)

        then:
        engine.run('volume', 'ls', '-q').readLines().contains('named')
        engine.run('run', '--rm', '-v', 'named:/x', IMAGE, 'cat', '/x/file').trim() == 'too'

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: the old container runs again when the new one #what"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', [labels: [a: '1']]))
        def first = id(engine, 'web')

        when:
        converge(container(engine, 'web', [labels: [a: '2']] + broken))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)
        id(engine, 'web') == first
        format(engine, 'web', '{{.State.Running}}') == 'true'
        engine.run('ps', '-a', '--format', '{{.Names}}').readLines() == ['web']

        where:
        [kind, [what, broken, said]] << [['podman', 'docker'], [
            ['ends at once', [command: ['sh', '-c', 'echo no such thing; exit 3']], 'exit status 3. Its last lines:\nno such thing'],
            ['has a program that is not there', [command: ['/nothing']], '/nothing'],
            ['cannot be made', [capabilities: ['NONSENSE']], 'CAP_NONSENSE'],
        ]].combinations()
    }

    def "#kind: a run that was ended while it replaced a container is made good by the next"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', [labels: [a: '1']]))
        engine.run('create', '--name', 'web.converge-new', IMAGE)
        engine.run('stop', '-t', '0', 'web')
        engine.run('rename', 'web', 'web.converge-old')
        def desired = container(engine, 'web', [labels: [a: '2']])

        when:
        converge(desired)

        then:
        difference(desired).empty
        engine.run('ps', '-a', '--format', '{{.Names}}').readLines() == ['web']

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: a container that shall be absent is not left under another name by a run that was ended"() {
        given:
        def engine = engine(kind)
        converge(container(engine, 'web', [labels: [a: '1']]))
        engine.run('create', '--name', 'web.converge-new', IMAGE)
        engine.run('stop', '-t', '0', 'web')
        engine.run('rename', 'web', 'web.converge-old')

        when:
        converge(container(engine, 'web', [:]), Ensure.ABSENT)

        then:
        engine.run('ps', '-a', '--format', '{{.Names}}').readLines() == []

        where:
        kind << ['podman', 'docker']
    }

    def "#kind: of a replacement that was killed #when, one container is left, under its name"() {
        given:
        def engine = engine(kind)
        def old = container(engine, 'web', [labels: [a: '1']])
        converge(old)
        def first = id(engine, 'web')
        steps.each { engine.run(*it) }

        when:
        recover(container(engine, 'web', [labels: [a: '2']]))

        then:
        engine.run('ps', '-a', '--format', '{{.Names}}').readLines() == ['web']
        (id(engine, 'web') == first) == isOld

        where:
        [kind, [when, steps, isOld]] << [['podman', 'docker'], [
            ['before the old one stopped', [MAKE_NEW], true],
            ['before the new one had its name', [MAKE_NEW, STOP_OLD, MOVE_OLD], true],
            ['before the new one was started', [MAKE_NEW, STOP_OLD, MOVE_OLD, PLACE_NEW], true],
            ['before the old one was removed', [MAKE_NEW, STOP_OLD, MOVE_OLD, PLACE_NEW, ['start', 'web']], false],
            ['after its end', [], true],
        ]].combinations()
    }
}
