package dev.converge.faults

import dev.converge.cli.CliSpecification
import dev.converge.process.ThisProcess
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Timeout

/**
 * Disks that are full or read-only, and paths that move while they are changed: what was there stays whole, nothing is
 * left beside it, everything else goes on, and the next run after the repair does the rest. Needs root, for mounts.
 */
@Timeout(180)
@Requires({ ThisProcess.root })
class DiskFaultSpec extends CliSpecification {
    static final int SIZE = 256 << 10

    Path disk

    def setup() {
        disk = Files.createDirectory(folder.resolve('disk'))
        command('mount', '-t', 'tmpfs', '-o', "size=$SIZE,mode=0700", 'none', disk as String)
    }

    def cleanup() {
        command('umount', '-l', disk as String)
    }

    private static void command(String... words) {
        def process = new ProcessBuilder(words).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0: said
    }

    private void remount(String options) {
        command('mount', '-o', "remount,$options", disk as String)
    }

    private void fill() {
        def filler = Files.createFile(disk.resolve('filler'))
        try {
            filler.toFile().withOutputStream { out -> while (true) { out.write(new byte[4096]) } }
        } catch (IOException ignored) {
            assert Files.size(filler) > 0
        }
    }

    private Map<String, String> contents(Path top = disk) {
        Files.walk(top).withCloseable { it.filter(Files::isRegularFile).toList() }
            .collectEntries { [(top.relativize(it) as String): Files.readString(it).md5()] }
    }

    /** A judge of new content that has something else in mind. */
    private String judge(String script) {
        "sh ${Files.writeString(folder.resolve('judge'), script)} %"
    }

    /** What is declared on the disk, and beside it something that has nothing to do with it. */
    private String sites(String declared) {
        site("""
            $declared
            file('$folder/other') { content 'x' }
        """)
    }

    def "a full disk: #what fails, what was there stays, and it is done once there is room"() {
        given:
        Files.writeString(disk.resolve('f'), before)
        def then = contents()
        def site = sites(declared.replace('DISK', disk as String))

        expect: 'the rest goes on'
        run(site) == 6
        Files.exists(folder.resolve('other'))
        out.contains('No space is left on the device: ' + disk) || err.contains('No space is left on the device: ' + disk)
        (out + err).contains('Free some space')
        contents() == then

        when: 'there is room'
        remount('size=4m')

        then:
        run(site) == 0
        run('--dry-run', site) == 0
        contents() != then
        !contents().keySet().any { it.contains('.converge-') }

        where:
        what          | before                  | declared
        'a new file'  | 'old'                   | "file('DISK/new') { content 'y' * 300_000 }"
        'a new text'  | 'old'                   | "file('DISK/f') { content 'y' * 300_000 }"
        'a line'      | 'a line\n' * 25_000     | "line('DISK/f', 'an end')"
        'a setting'   | '[a]\nb = 1\n' * 15_000 | "iniSetting('DISK/f', 'z', 'c', '1')"
    }

    def "state on a full disk: nothing is replaced that cannot be kept, and it is done once there is room"() {
        given:
        Files.writeString(folder.resolve('f'), 'precious')
        if (used) {
            converge('--state-dir', "$disk/state", site("notice 'once'"))
        }
        fill()
        def site = site("file('$folder/f') { content 'new' }")

        expect:
        converge('--state-dir', "$disk/state", site) == 4
        Files.readString(folder.resolve('f')) == 'precious'
        (out + err).contains('No space is left on the device')
        !(out + err).contains('Exception')

        when:
        Files.delete(disk.resolve('filler'))

        then:
        converge('--state-dir', "$disk/state", site) == 0
        Files.readString(folder.resolve('f')) == 'new'
        Files.walk(disk.resolve('state/backups/objects')).withCloseable { it.filter(Files::isRegularFile).toList() }
            .collect { Files.readString(it) } == ['precious']

        where:
        used << [true, false]
    }

    def "state on a read-only disk: a live run is refused before it changes anything, a dry run goes on"() {
        given:
        converge('--state-dir', "$disk/state", site("notice 'once'"))
        remount('ro')
        def site = site("file('$folder/f') { content 'new' }")

        expect:
        converge('--state-dir', "$disk/state", site) == 1
        err.contains('mounted read-only')
        !Files.exists(folder.resolve('f'))
        converge('--dry-run', '--state-dir', "$disk/state", site) == 2

        when:
        remount('rw')

        then:
        converge('--state-dir', "$disk/state", site) == 0
    }

    def "a read-only disk: what is on it fails, and is done once it can be written"() {
        given:
        Files.writeString(disk.resolve('f'), 'old')
        remount('ro')
        def site = sites("file('$disk/f') { content 'new' }")

        expect:
        run(site) == 6
        Files.exists(folder.resolve('other'))
        (out + err).contains('read-only')
        Files.readString(disk.resolve('f')) == 'old'

        when:
        remount('rw')

        then:
        run(site) == 0
        Files.readString(disk.resolve('f')) == 'new'
    }

    def "a file that is removed while it is replaced gets its new content"() {
        given:
        Files.writeString(disk.resolve('f'), 'old')

        expect: 'the judge of the new content removes the old'
        run(site("file('$disk/f') { content 'new'; validate '${judge("rm $disk/f")}' }")) == 0
        Files.readString(disk.resolve('f')) == 'new'
        contents().keySet() == ['f'] as Set
    }

    def "a folder that becomes a link while a file in it is replaced: nothing is written where it leads"() {
        given:
        def trap = Files.createDirectory(disk.resolve('trap'))
        Files.writeString(trap.resolve('f'), 'theirs')
        Files.createDirectory(disk.resolve('d'))
        Files.writeString(disk.resolve('d/f'), 'old')
        def site = sites("file('$disk/d/f') { content 'new'; validate '${judge("mv $disk/d $disk/moved; ln -s trap $disk/d")}' }")

        expect:
        run(site) == 6
        Files.exists(folder.resolve('other'))
        Files.readString(trap.resolve('f')) == 'theirs'
        Files.readString(disk.resolve('moved/f')) == 'old'
        Files.isSymbolicLink(disk.resolve('d'))
        Files.list(trap).withCloseable { it.toList() }.size() == 1

        and: 'root does not follow a link that others could have made; once it is a folder again, all is done'
        Files.delete(disk.resolve('d'))
        Files.move(disk.resolve('moved'), disk.resolve('d'))
        run(sites("file('$disk/d/f') { content 'new' }")) == 0
        Files.readString(disk.resolve('d/f')) == 'new'
        !contents().keySet().any { it.contains('.converge-') }
    }
}
