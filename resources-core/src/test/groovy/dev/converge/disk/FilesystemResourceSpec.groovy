package dev.converge.disk

import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.InvalidValueException
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir

/** File systems in files of a temporary folder; no device is ever touched. */
@Requires({ ['mkfs.ext4', 'mkfs.vfat', 'blkid', 'wipefs'].every { ['sh', '-c', "command -v $it"].execute().waitFor() == 0 } })
class FilesystemResourceSpec extends ProviderContractSpec<FilesystemResource> {
    static final long SIZE = 16L << 20

    @TempDir
    Path folder

    Path disk

    def setup() {
        disk = empty('disk')
    }

    private Path empty(String name) {
        Path file = folder.resolve(name)
        new RandomAccessFile(file.toFile(), 'rw').withCloseable { it.length = SIZE }
        file
    }

    @Override
    FilesystemType schema() {
        new FilesystemType()
    }

    @Override
    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    }

    @Override
    Collection<Path> watched() {
        [folder]
    }

    @Override
    Map<String, Closure<FilesystemResource>> samples() {
        [
            'file system': { resource(disk, [type: 'ext4', label: 'data']) },
            'file system without a label': { resource(disk, [type: 'vfat']) },
        ]
    }

    def "what holds #what is never formatted"() {
        given:
        command.execute(null, folder.toFile()).with { it.waitForOrKill(20_000); assert it.exitValue() == 0 }
        byte[] before = Files.readAllBytes(disk)

        when:
        converge(resource(disk, [type: 'ext4']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains(said)
        Files.readAllBytes(disk) == before

        where:
        what                   | command                                                                      | said
        'another file system'  | ['mkfs.vfat', 'disk']                                                        | 'vfat'
        'a swap area'          | ['mkswap', '-q', 'disk']                                                     | 'swap'
        'a partition table'    | ['sh', '-c', 'printf "label: dos\\n,,L\\n" | /sbin/sfdisk -q disk']          | 'dos'
        'an archive of its own' | ['sh', '-c', 'printf "LUKS\\272\\276\\0\\1" | dd of=disk conv=notrunc 2>&1'] | 'LUKS'
    }

    def "a file system that is there keeps what is in it"() {
        given:
        converge(resource(disk, [type: 'ext4', label: 'data']))
        byte[] before = Files.readAllBytes(disk)

        expect:
        converge(resource(disk, [type: 'ext4'])).empty
        Files.readAllBytes(disk) == before

        when:
        converge(resource(disk, [type: 'ext4', label: 'other']))

        then:
        thrown(ResourceFailure)
        Files.readAllBytes(disk) == before
    }

    def "a device that is missing is said before anything is made"() {
        when:
        converge(resource(folder.resolve('none'), [type: 'ext4']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('none')
        !Files.exists(folder.resolve('none'))
    }

    def "\"#label\" is no label"() {
        when:
        resource(disk, [type: 'ext4', label: label])

        then:
        thrown(InvalidValueException)

        where:
        label << ['', 'two words', '-x', 'longer-than-it-may-be']
    }
}
