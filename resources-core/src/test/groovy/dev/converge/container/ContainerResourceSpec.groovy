package dev.converge.container

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Action
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Values
import dev.converge.testhost.ContainerEngine
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir

/** Containers of a real podman and a real Docker. */
@Requires({ ContainerEngine.podmanPossible && ContainerEngine.dockerPossible })
class ContainerResourceSpec extends ProviderContractSpec<ContainerResource> {
    static final String IMAGE = 'localhost/app:1'
    static final List<String> SLEEP = ['sleep', '1000']

    /** The steps of a replacement. */
    static final List<String> MAKE_NEW = ['create', '--name', 'web.converge-new', IMAGE]
    static final List<String> STOP_OLD = ['stop', '-t', '0', 'web']
    static final List<String> MOVE_OLD = ['rename', 'web', 'web.converge-old']
    static final List<String> PLACE_NEW = ['rename', 'web.converge-new', 'web']

    @Shared @AutoCleanup ContainerEngine podman = ContainerEngine.podman()
    @Shared @AutoCleanup ContainerEngine docker = ContainerEngine.docker()
    @Shared @TempDir Path folder

    def setupSpec() {
        [podman, docker].each { engine ->
            engine.image(IMAGE, 'CMD ["sleep", "1000"]', 'ENV KIND=plain', 'ENV LEVEL=info', 'LABEL maker=us', 'WORKDIR /tmp')
            engine.image('localhost/store:1', 'CMD ["sleep", "1000"]', 'VOLUME /data')
            engine.run('network', 'create', 'inner')
            engine.run('network', 'create', 'outer')
        }
        Files.writeString(folder.resolve('config'), 'yes')
    }

    def cleanup() {
        [podman, docker].each { engine ->
            def all = engine.run('ps', '-aq').readLines()
            if (all) {
                engine.run('rm', '-f', *(engine == podman ? ['-t', '0'] : []), *all)
            }
        }
    }

    @Override
    ContainerType schema() {
        new ContainerType()
    }

    @Override
    Host newHost() {
        new EngineHost(podman)
    }

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
        [
            command: SLEEP, entrypoint: ['env', '--'].take(1), environment: [A: Text.of('1'), EMPTY: Text.of(''), B: Text.of(Secret.of('s3cret=x'))],
            ports: ['18080:80', '127.0.0.1:15353:53/udp', '8081'], volumes: ['named:/named:ro', "$folder/config:/etc/app:ro" as String],
            tmpfs: ['/scratch:size=1m'], networks: ['inner', 'outer'], user: '1:1', workingDirectory: '/etc', hostname: 'box',
            capabilities: ['NET_ADMIN'], dropCapabilities: ['cap_mknod'], readOnly: 'true', init: 'false',
            labels: [role: 'test'], healthCheck: ['true'], healthInterval: '30s', healthTimeout: '5s', healthRetries: '4', healthStartPeriod: '1s',
            logDriver: 'json-file', restart: 'on-failure:5', memory: '64m', cpus: '0.5', pidsLimit: '100', stopTimeout: '1s',
        ]
    }

    ContainerResource container(ContainerEngine engine, String name, Map<String, ?> attributes = [:]) {
        resource(name, [image: IMAGE, engine: "unix://$engine.socket" as String, stopTimeout: '0s'] + attributes)
    }

    ContainerEngine engine(String kind) {
        kind == 'podman' ? podman : docker
    }

    static String id(ContainerEngine engine, String name) {
        engine.run('inspect', '--type', 'container', '--format', '{{.Id}}', name).trim()
    }

    static String format(ContainerEngine engine, String name, String format) {
        engine.run('inspect', '--type', 'container', '--format', format, name).trim()
    }

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
            ['cannot be made', [logDriver: 'nonsense'], 'log'],
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
        asked.size() == 13

        where:
        kind << ['podman', 'docker']
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
