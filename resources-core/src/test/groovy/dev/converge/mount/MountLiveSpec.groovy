package dev.converge.mount

import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.process.Rights
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Timeout

/** File systems of a booted Debian. */
@Requires({ TestHost.possible })
@Timeout(120)
class MountLiveSpec extends ProviderContractSpec<MountResource> {
    @Shared
    @AutoCleanup
    TestHost machine = TestHost.start()

    def cleanup() {
        machine.attempt('sh', '-c', 'for i in /srv/in/deep /srv/mnt /srv/in; do umount -q $i; rmdir $i; done; pkill -x tail')
        Files.writeString(machine.path('/etc/fstab'), '')
    }

    @Override
    MountType schema() {
        new MountType()
    }

    @Override
    Host newHost() {
        machine.host()
    }

    @Override
    Collection<Path> watched() {
        [machine.path('/etc')]
    }

    @Override
    Map<String, Closure<MountResource>> samples() {
        [
            'temporary file system': { tmpfs([:]) },
            'temporary file system with options': { tmpfs([options: ['size=1m', 'nodev', 'mode=0700', 'noatime']]) },
            'bind mount': { resource('/srv/mnt', [device: '/usr/share/doc', options: ['bind']]) },
            'read-only bind mount': { resource('/srv/mnt', [device: '/usr/share/doc', options: ['bind', 'ro']]) },
            'mount until the next boot': { tmpfs([persist: false]) },
            'line for the next boot': { tmpfs([mounted: false]) },
        ]
    }

    private MountResource tmpfs(Map given) {
        resource('/srv/mnt', [device: 'tmpfs', fsType: 'tmpfs'] + given)
    }

    private String options() {
        machine.run('findmnt', '-no', 'OPTIONS', '/srv/mnt').trim()
    }

    private boolean isMounted() {
        machine.attempt('mountpoint', '-q', '/srv/mnt').ok
    }

    def "it is mounted, and systemd knows of it without a reboot"() {
        when:
        converge(tmpfs([options: ['size=1m']]))

        then:
        options().contains('size=1024k')
        machine.run('systemctl', 'show', '-p', 'FragmentPath', 'srv-mnt.mount').trim().endsWith('/run/systemd/generator/srv-mnt.mount')
    }

    def "changed options remount it, and what is in it stays"() {
        given:
        converge(tmpfs([options: ['size=1m']]))
        machine.run('touch', '/srv/mnt/kept')

        when:
        def change = converge(tmpfs([options: after])).get()

        then:
        change.attributes()*.attribute()*.name() == changed
        options().contains(shown)
        machine.attempt('test', '-e', '/srv/mnt/kept').ok

        where:
        after               || shown         | changed
        ['size=2m']         || 'size=2048k'  | ['live', 'atBoot']
        ['size=1m', 'ro']   || 'ro,'         | ['live', 'atBoot']
        ['nr_inodes=64,size=1m'] || 'nr_inodes=64'  | ['atBoot']
    }

    def "options that somebody changed by hand come back"() {
        given:
        converge(tmpfs([options: ['nodev']]))
        machine.run('mount', '-o', 'remount,ro,dev', '/srv/mnt')

        when:
        def change = converge(tmpfs([options: ['nodev']])).get()

        then:
        change.attributes()*.attribute()*.name() == ['live']
        options().startsWith('rw,nodev')
    }

    def "another device is mounted in place of the one that is there"() {
        given:
        converge(tmpfs([:]))

        when:
        converge(resource('/srv/mnt', [device: '/usr/share/doc', options: ['bind']]))

        then:
        machine.attempt('test', '-d', '/srv/mnt/base-files').ok
        machine.run('findmnt', '-n', '/srv/mnt').readLines().size() == 1
    }

    def "mounted and persist are independent"() {
        given:
        converge(tmpfs(before))

        when:
        converge(tmpfs(after))

        then:
        mounted == isMounted()
        kept == Files.readString(machine.path('/etc/fstab')).contains('/srv/mnt')

        where:
        before           | after                               || mounted | kept
        [:]              | [mounted: false]                    || false   | true
        [mounted: false] | [:]                                 || true    | true
        [persist: false] | [:]                                 || true    | true
        [:]              | [persist: false]                    || true    | true
        [:]              | [options: ['noauto']]               || true    | true
        [mounted: false] | [options: ['noauto']]               || false   | true
    }

    def "what is in use is not unmounted, and the failure says by whom"() {
        given:
        converge(tmpfs([:]))
        machine.run('sh', '-c', 'cd /srv/mnt; tail -f /dev/null >/dev/null 2>&1 </dev/null &')

        when:
        converge(tmpfs([:]), Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('tail (')
        mounted
        Files.readString(machine.path('/etc/fstab')).contains('/srv/mnt')
    }

    def "a mount point behind a link is refused, or each run would mount once more"() {
        given:
        machine.run('ln', '-s', 'in', '/srv/link')
        machine.run('mkdir', '-p', '/srv/in/mnt')

        when:
        converge(resource('/srv/link/mnt', [device: 'tmpfs', fsType: 'tmpfs']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('/srv/link')
        failure.advice().get().contains('/srv/in/mnt')
        !machine.run('cat', '/proc/mounts').contains('/srv/in/mnt')

        cleanup:
        machine.attempt('sh', '-c', 'umount -q /srv/in/mnt; rm /srv/link; rmdir /srv/in/mnt')
    }

    def "an ordinary user is told in a dry run that only root mounts"() {
        given:
        def host = newHost()
        host.database(Rights) { new Rights(65534, [] as Set) }

        when:
        provider().check(difference(tmpfs([persist: false])).get(), host)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('Only root')
    }

    def "what has other mounts on it is not unmounted"() {
        given:
        def outer = resource('/srv/in', [device: 'tmpfs', fsType: 'tmpfs'])
        converge(outer)
        machine.run('mkdir', '/srv/in/deep')
        converge(resource('/srv/in/deep', [device: 'tmpfs', fsType: 'tmpfs']))

        when:
        converge(outer, Ensure.ABSENT)

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('/srv/in/deep')
    }

    def "what cannot be mounted leaves no line for the next boot: #given"() {
        when:
        converge(resource('/srv/mnt', given))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(named)
        Files.readString(machine.path('/etc/fstab')).empty

        where:
        given                                                          || named
        [device: '/dev/none', fsType: 'ext4']                          || '/dev/none'
        [device: 'LABEL=none', fsType: 'ext4']                         || 'LABEL=none'
        [device: '127.0.0.1:/x', fsType: 'nfs']                        || 'nfs'
        [device: 'tmpfs', fsType: 'tmpfs', options: ['no_such_thing']] || '/srv/mnt'
        [device: '/usr/share/none', options: ['bind']]                 || '/usr/share/none'
    }

    def "systemd reads a line that a killed run has written and not told it of"() {
        given:
        Files.writeString(machine.path('/etc/fstab'), 'tmpfs /srv/mnt tmpfs defaults 0 0\n')

        when:
        recover(tmpfs([mounted: false]))

        then:
        machine.run('systemctl', 'show', '-p', 'FragmentPath', 'srv-mnt.mount').trim().endsWith('/run/systemd/generator/srv-mnt.mount')
    }
}
