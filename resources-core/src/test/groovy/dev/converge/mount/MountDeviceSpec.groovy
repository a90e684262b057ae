package dev.converge.mount

import dev.converge.HostTurn
import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.provider.Backups
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.TempDir
import spock.lang.Timeout

/** A real ext4 on a loop device of this machine. */
@Requires({ System.getProperty('user.name') == 'root' && Files.exists(Path.of('/dev/loop-control')) && ['/sbin', '/usr/sbin'].any { new File("$it/mkfs.ext4").exists() } })
@Timeout(60)
class MountDeviceSpec extends ProviderContractSpec<MountResource> {
    @Shared
    @AutoCleanup
    HostTurn turn = HostTurn.take('mount')

    @TempDir
    Path folder

    Path image
    Path point

    def setup() {
        image = folder.resolve('disk.img')
        point = folder.resolve('point')
        run('truncate', '-s', '8M', image)
        run('mkfs.ext4', '-q', '-L', 'converge-t', image)
    }

    def cleanup() {
        ['umount', '-q', point as String].execute().waitFor()
    }

    private static String run(Object... command) {
        def process = new ProcessBuilder(command.collect { it as String }).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
        output.trim()
    }

    @Override
    MountType schema() {
        new MountType()
    }

    @Override
    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    }

    @Override
    Map<String, Closure<MountResource>> samples() {
        [
            'file with a file system': { resource(point, [device: image as String, fsType: 'ext4', options: ['loop', 'noatime'], persist: false]) },
            'file of a type that mount finds out': { resource(point, [device: image as String, options: ['loop'], persist: false]) },
        ]
    }

    def "a device is known by its #tag"() {
        given:
        def loop = run('losetup', '-f', '--show', image)
        def device = tag == 'path' ? loop : "$tag=${run('blkid', '-o', 'value', '-s', tag, loop)}" as String
        def desired = resource(point, [device: device, fsType: 'ext4', persist: false])

        when:
        converge(desired)

        then:
        difference(desired).empty
        run('findmnt', '-no', 'SOURCE', point) == loop

        cleanup:
        run('umount', point)
        run('losetup', '-d', loop)

        where:
        tag << ['LABEL', 'UUID', 'path']
    }

    def "a file system of another image takes the place of the one that is there"() {
        given:
        def other = folder.resolve('other.img')
        Files.copy(image, other)
        converge(resource(point, [device: image as String, options: ['loop'], persist: false]))
        def desired = resource(point, [device: other as String, options: ['loop'], persist: false])

        when:
        converge(desired)

        then:
        difference(desired).empty
    }
}
