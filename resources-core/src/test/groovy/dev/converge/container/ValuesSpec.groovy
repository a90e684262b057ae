package dev.converge.container

import dev.converge.model.InvalidValueException
import spock.lang.Specification

/** What authors write for ports, mounts, sizes and the rest. */
class ValuesSpec extends Specification {
    def "the #type #text is written #shown"() {
        expect:
        type.parse(text).toString() == shown
        type.parse(shown) == type.parse(text)

        where:
        type          | text                          || shown
        PortMapping   | '80'                          || '80'
        PortMapping   | '8080:80'                     || '8080:80'
        PortMapping   | '8080:80/tcp'                 || '8080:80'
        PortMapping   | '0.0.0.0:8080:80'             || '8080:80'
        PortMapping   | '127.0.0.1:53:53/udp'         || '127.0.0.1:53:53/udp'
        PortMapping   | '127.0.0.1::53'               || '127.0.0.1::53'
        PortMapping   | '[::1]:80:80'                 || '[::1]:80:80'
        PortMapping   | '[::]:80:80'                  || '80:80'
        VolumeMount   | 'data:/var/lib'               || 'data:/var/lib'
        VolumeMount   | '/etc/app/:/etc/app:ro'       || '/etc/app:/etc/app:ro'
        VolumeMount   | 'data:/x:rw'                  || 'data:/x'
        VolumeMount   | 'data:/x:z,ro'                || 'data:/x:ro,z'
        TmpfsMount    | '/run'                        || '/run'
        TmpfsMount    | '/tmp:size=64m,mode=1777'     || '/tmp:mode=1777,size=64m'
        ByteSize      | '512m'                        || '512m'
        ByteSize      | '1GiB'                        || '1g'
        ByteSize      | '1024'                        || '1k'
        ByteSize      | '1000'                        || '1000'
        ByteSize      | '0'                           || '0'
        CpuLimit      | '0.5'                         || '0.5'
        CpuLimit      | '2'                           || '2'
        CpuLimit      | '20'                          || '20'
        RestartPolicy | 'on-failure:5'                || 'on-failure:5'
        RestartPolicy | 'unless-stopped'              || 'unless-stopped'
        Capability    | 'cap_net_admin'               || 'NET_ADMIN'
        EngineAddress | 'unix:///run/docker.sock'     || 'unix:///run/docker.sock'
        EngineAddress | '/run/docker.sock'            || 'unix:///run/docker.sock'
        Subnet        | '10.89.7.0/24'                || '10.89.7.0/24'
        Subnet        | 'fd00:7::/64'                 || 'fd00:7::/64'
        ContainerName | 'web-1.a_b'                   || 'web-1.a_b'
    }

    def "\"#text\" is no #type, and it is said what to write"() {
        when:
        type.parse(text)

        then:
        def failure = thrown(InvalidValueException)
        failure.advice().present || failure.message.contains('more than')

        where:
        type          | text
        PortMapping   | ''
        PortMapping   | '0:80'
        PortMapping   | '65536:80'
        PortMapping   | '8000-8010:80'
        PortMapping   | '80/icmp'
        PortMapping   | 'a:80'
        VolumeMount   | '/data'
        VolumeMount   | 'data:var'
        VolumeMount   | 'data:/x:read-only'
        VolumeMount   | '../x:/x'
        VolumeMount   | 'x:/x\ny'
        TmpfsMount    | 'run'
        TmpfsMount    | '/'
        ByteSize      | 'much'
        ByteSize      | '-1'
        ByteSize      | '999999999999999t'
        CpuLimit      | '-1'
        CpuLimit      | 'half'
        CpuLimit      | '0.0000000001'
        RestartPolicy | 'never'
        RestartPolicy | 'always:3'
        Capability    | 'net admin'
        EngineAddress | 'tcp://10.0.0.1:2375'
        Subnet        | '10.89.7.0'
        Subnet        | '10.89.7.0/33'
        ContainerName | '-web'
        ContainerName | 'a/b'
    }
}
