package dev.converge.container

import dev.converge.FolderHost
import dev.converge.ResourceSpecification
import dev.converge.provider.Host
import java.nio.file.Path

/** What is read from an engine's answers, where no engine can be brought to give them at will. */
class LiveContainerSpec extends ResourceSpecification<ContainerResource> {
    @Override
    ContainerType schema() {
        new ContainerType()
    }

    @Override
    Host newHost() {
        new FolderHost(Path.of('/nonexistent'))
    }

    LiveContainer live(Map<String, ?> answer) {
        new LiveContainer(Json.parse(Json.write(answer)), ImageDetails.UNKNOWN)
    }

    def "a port that the engine picked from a range is one of its choice"() {
        expect:
        live([HostConfig: [PortBindings: ['80/tcp': [[HostIp: '', HostPort: '8080-8090']]]]]).ports()*.toString() == ['80']
    }

    def "a container that is started again and again is neither running nor stopped: running #wish"() {
        given:
        def desired = resource('web', [image: 'nginx:1.27', running: wish])

        expect:
        ContainerState.compared(desired, live([State: [Running: true, Restarting: true]]), ImageName.parse('nginx:1.27'), false).running() != wish

        where:
        wish << [true, false]
    }

    def "memory of #memory with #old of memory and swap before becomes #sum of both"() {
        given:
        def desired = resource('web', [image: 'nginx:1.27', memory: memory])
        def before = old.collect { live([HostConfig: [Memory: it[0], MemorySwap: it[1]]]) }

        expect:
        Limits.declared(desired, before ? Optional.of(before[0]) : Optional.empty()).MemorySwap == sum

        where:
        memory | old          || sum
        '100b' | []           || 200
        '100b' | [[50, 100]]  || 200
        '100b' | [[50, 0]]    || 200
        '100b' | [[0, 0]]     || 200
        '100b' | [[50, 50]]   || 100
        '100b' | [[50, 60]]   || 110
        '100b' | [[50, -1]]   || -1
        '0'    | [[50, 60]]   || 0
    }
}
