package dev.converge.mount

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.TempDir

/** Lines of /etc/fstab in a root folder, which is not running. */
class MountResourceSpec extends ProviderContractSpec<MountResource> {
    @TempDir
    Path root

    def setup() {
        Files.createDirectories(root.resolve('etc'))
    }

    private String fstab(String text = null) {
        Path file = root.resolve('etc/fstab')
        text == null ? Files.readString(file) : Files.writeString(file, text)
        Files.readString(file)
    }

    /** The file for the next boot stays, empty. */
    @Override
    Collection<Path> undoable() {
        []
    }

    @Override
    MountType schema() {
        new MountType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    @Override
    Map<String, Closure<MountResource>> samples() {
        [
            'disk': { resource('/srv/data', [device: 'LABEL=data', fsType: 'ext4', options: ['noatime,nodev'], pass: 2]) },
            'export': { resource('/srv/nfs', [device: 'server:/export', fsType: 'nfs', options: ['_netdev', 'nofail']]) },
            'temporary one': { resource('/var/cache/a b', [device: 'tmpfs', fsType: 'tmpfs', options: ['size=64m']]) },
            'bind mount': { resource('/srv/www', [device: '/home/web site', options: ['bind', 'ro']]) },
        ]
    }

    def "a new line is added at the end: #given"() {
        given:
        fstab('# static\n/dev/sda1  /  ext4  errors=remount-ro  0  1')

        when:
        converge(resource(path, given))

        then:
        fstab() == "# static\n/dev/sda1  /  ext4  errors=remount-ro  0  1\n$line\n"

        where:
        path      | given                                                            || line
        '/data'   | [device: 'LABEL=data', fsType: 'ext4', pass: 2]                  || 'LABEL=data /data ext4 defaults 0 2'
        '/da ta'  | [device: '//nas/my share', fsType: 'cifs', options: ['ro', 'nofail']] || '//nas/my\\040share /da\\040ta cifs ro,nofail 0 0'
        '/www'    | [device: '/home/www', options: ['bind']]                         || '/home/www /www none bind 0 0'
        '/b\\s'   | [device: 'tmpfs', fsType: 'tmpfs', dump: 1]                      || 'tmpfs /b\\134s tmpfs defaults 1 0'
    }

    def "a line is changed in its columns, and no other"() {
        given:
        fstab("# a comment\nUUID=1    /       ext4    defaults    0  1\n$before\n/swapfile none swap sw 0 0\n")

        when:
        converge(resource('/data', [device: '/dev/sdb1', fsType: 'xfs', options: ['noatime']] + given))

        then:
        fstab() == "# a comment\nUUID=1    /       ext4    defaults    0  1\n$after\n/swapfile none swap sw 0 0\n"
        difference(resource('/data', [device: '/dev/sdb1', fsType: 'xfs', options: ['noatime']] + given)).empty

        where:
        before                                       | given     || after
        'UUID=2    /data   ext4    defaults    0  0' | [:]       || '/dev/sdb1 /data   xfs     noatime     0  0'
        '/dev/sdb1 /data xfs defaults 0 0'           | [:]       || '/dev/sdb1 /data xfs noatime 0 0'
        '/dev/sdb1\t/data/\txfs\tdefaults\t0\t0'     | [:]       || '/dev/sdb1\t/data\txfs\tnoatime\t0\t0'
        '/dev/sdb1 /data xfs defaults'               | [:]       || '/dev/sdb1 /data xfs noatime'
        '/dev/sdb1 /data xfs defaults'               | [pass: 2] || '/dev/sdb1 /data xfs noatime 0 2'
        '/dev/sdb1 /data xfs noatime 0 0 # mine'     | [dump: 1] || '/dev/sdb1 /data xfs noatime 1 0 # mine'
    }

    def "the order of options, escapes and left out numbers are no difference: #line"() {
        given:
        fstab(line)

        expect:
        difference(resource('/a b', [device: '/dev/sdb1', fsType: 'ext4', options: ['ro', 'noatime']])).empty

        where:
        line << ['/dev/sdb1 /a\\040b ext4 noatime,ro 0 0', '/dev/sdb1 /a\\040b ext4 defaults,ro,noatime', '  /dev/sdb1   /a\\040b/  ext4  ro,noatime\t0']
    }

    def "a line without options has none"() {
        given:
        fstab('/dev/sdb1 /data ext4')

        expect:
        difference(resource('/data', [device: '/dev/sdb1', fsType: 'ext4'])).empty
        provider().inspect('/data', newHost()).get().options() == []
    }

    def "only its own line is removed"() {
        given:
        fstab('# data\n/dev/sdb1 /data ext4 defaults 0 0\n/dev/sdc1 /data/sub ext4 defaults 0 0\n#/dev/x /data ext4 defaults')

        when:
        def gone = resource('/data', [device: ''])
        converge(gone, Ensure.ABSENT)

        then:
        fstab() == '# data\n/dev/sdc1 /data/sub ext4 defaults 0 0\n#/dev/x /data ext4 defaults'
    }

    def "the diff of a dry run is what the run writes"() {
        given:
        fstab('/dev/sdb1 /data ext4 defaults 0 0\n')
        def desired = resource('/data', [device: '/dev/sdb1', fsType: 'ext4', options: ['ro']])

        when:
        def edit = provider().edits(difference(desired).get(), newHost()).first()
        converge(desired)

        then:
        edit.path() == Path.of('/etc/fstab')
        edit.after().get().text().get() == fstab()
    }

    def "two lines for one mount point are not guessed about"() {
        given:
        fstab('/dev/sdb1 /data ext4 defaults 0 0\n/dev/sdc1 /data ext4 defaults 0 0\n')

        when:
        converge(resource('/data', [device: '/dev/sdc1', fsType: 'ext4']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('2 lines for /data')
    }

    def "what mount or fstab could not take is refused: #given"() {
        when:
        resource('/data', given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [
            [device: '-a'],
            [device: '/dev/sdb2', fsType: 'swap'],
            [device: '/dev/sdb1', options: ['rw noatime']],
            [device: '//nas/x', fsType: 'cifs', options: ['username=a,password=b']],
            [device: 'tmpfs', pass: -1],
            [device: 'tmpfs', options: ['bind']],
            [device: 'tmpfs', persist: false, mounted: false],
        ]
    }

    def "#wanted is satisfied by #live: #satisfied"() {
        given:
        def mounted = new Mounted('0:1', Path.of('/'), Path.of('/x'), live.split(',') as Set, type, 'x')

        expect:
        MountFlags.satisfied(wanted.split(',') as List, mounted) == satisfied

        where:
        wanted             | live                             | type    || satisfied
        'defaults'         | 'rw,relatime'                    | 'ext4'  || true
        'defaults'         | 'ro,relatime'                    | 'ext4'  || false
        'defaults'         | 'rw,noexec'                      | 'ext4'  || false
        'ro'               | 'rw,relatime'                    | 'ext4'  || false
        'ro,rw'            | 'rw'                             | 'ext4'  || true
        'user'             | 'rw,nosuid,nodev,noexec'         | 'ext4'  || true
        'user,exec'        | 'rw,nosuid,nodev'                | 'ext4'  || true
        'noatime'          | 'rw,relatime'                    | 'ext4'  || false
        'strictatime'      | 'rw'                             | 'ext4'  || true
        'commit=5,nofail'  | 'rw,relatime'                    | 'ext4'  || true
        'size=64m'         | 'rw,size=65536k'                 | 'tmpfs' || true
        'size=1G'          | 'rw,size=65536k'                 | 'tmpfs' || false
        'size=10%'         | 'rw,size=65536k'                 | 'tmpfs' || true
    }

    def "a line of mountinfo is understood, with escapes and optional fields"() {
        when:
        def mounted = Mounted.parse('36 35 98:0 /mnt\\0401 /mnt2 rw,noatime shared:1 master:1 - ext3 /dev/root rw,errors=continue').get()

        then:
        mounted == new Mounted('98:0', Path.of('/mnt 1'), Path.of('/mnt2'), ['rw', 'noatime', 'errors=continue'] as Set, 'ext3', '/dev/root')

        and:
        Mounted.parse('36 35').empty
    }

    def "what is inspected can be declared, and is in sync: #sample"() {
        given:
        MountResource desired = samples()[sample].call()
        converge(desired)

        expect:
        provider().names(newHost()) == [desired.path() as String]
        def inspected = provider().inspect(desired.path() as String, newHost()).get()
        difference(inspected).empty
        inspected.options() == desired.options()

        where:
        sample << samples().keySet()
    }
}
