package dev.converge.archive

import dev.converge.ResourceSpecification
import dev.converge.provider.ResourceFailure
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.Path
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Archives that are damaged, or that nobody should have made, leave the host as it was. */
@Timeout(60)
class ArchiveRefusalSpec extends ResourceSpecification<ArchiveResource> implements Archives {
    @TempDir
    Path folder

    def "what does not go well leaves the old version whole: #what"() {
        given:
        converge(app(pack('app-1'), [strip: 1]))
        def before = names()
        Path archive = pack('app-2')
        spoil(archive)

        when:
        converge(app(archive, [strip: 1] + given))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(named)
        names() == before
        read('readme') == 'version 1\n'
        place.parent.toFile().list() as List == ['app']

        where:
        what               | given                                 | spoil                                                          || named
        'a wrong checksum' | [checksum: 'sha256:' + '0' * 64]      | { }                                                            || 'checksum'
        'a cut archive'    | [:]                                   | { Files.write(it, Arrays.copyOf(Files.readAllBytes(it), 120)) } || 'cannot be unpacked'
        'no archive'       | [:]                                   | { Files.writeString(it, 'hello') }                             || 'cannot be unpacked'
        'a missing file'   | [creates: 'bin/none']                 | { }                                                            || 'bin/none'
        'no source'        | [:]                                   | { Files.delete(it) }                                           || 'can be read'
    }

    def "an archive that would write elsewhere is refused: #name #kind #target"() {
        given:
        Path archive = folder.resolve('evil.tar')
        new TarArchiveOutputStream(Files.newOutputStream(archive)).withCloseable { out ->
            def entry = new TarArchiveEntry(name, kind as byte, true)
            entry.linkName = target
            entry.size = kind == TarArchiveEntry.LF_NORMAL ? 1 : 0
            out.putArchiveEntry(entry)
            if (kind == TarArchiveEntry.LF_NORMAL) {
                out.write(65)
            }
            out.closeArchiveEntry()
        }

        when:
        converge(app(archive))

        then:
        ResourceFailure failure = thrown()
        failure.message.startsWith('The archive has "')
        place.parent.toFile().list().length == 0
        !Files.exists(folder.resolve('evil'))

        where:
        name           | kind                       | target
        '../evil'      | TarArchiveEntry.LF_NORMAL  | ''
        'a/../../evil' | TarArchiveEntry.LF_NORMAL  | ''
        '/tmp/evil'    | TarArchiveEntry.LF_NORMAL  | ''
        'link'         | TarArchiveEntry.LF_SYMLINK | '../../evil'
        'link'         | TarArchiveEntry.LF_SYMLINK | '/etc/passwd'
        'hard'         | TarArchiveEntry.LF_LINK    | '../../etc/passwd'
        'fifo'         | TarArchiveEntry.LF_FIFO    | ''
    }

    def "no entry is written through a link"() {
        given:
        Path archive = folder.resolve('twice.tar')
        new TarArchiveOutputStream(Files.newOutputStream(archive)).withCloseable { out ->
            def link = new TarArchiveEntry('lib', TarArchiveEntry.LF_SYMLINK)
            link.linkName = 'real'
            out.putArchiveEntry(link)
            out.closeArchiveEntry()
            def file = new TarArchiveEntry('lib/x')
            file.size = 1
            out.putArchiveEntry(file)
            out.write(65)
            out.closeArchiveEntry()
        }

        when:
        converge(app(archive))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('"lib" as a folder and as something else')
        place.parent.toFile().list().length == 0
    }

    def "no link is made through a link, and none leads out by way of another: #links"() {
        given:
        Path outside = Files.createDirectory(folder.resolve('outside'))
        Path precious = Files.writeString(outside.resolve('precious'), 'mine')
        Path archive = folder.resolve('links.tar')
        new TarArchiveOutputStream(Files.newOutputStream(archive)).withCloseable { out ->
            links.each { name, target ->
                def link = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK)
                link.linkName = target
                out.putArchiveEntry(link)
                out.closeArchiveEntry()
            }
        }

        when:
        converge(app(archive))

        then:
        ResourceFailure failure = thrown()
        failure.message.startsWith('The archive has "')
        place.parent.toFile().list().length == 0
        Files.isRegularFile(precious, java.nio.file.LinkOption.NOFOLLOW_LINKS)
        Files.readString(precious) == 'mine'

        where:
        links << [
            ['a/b/up': '../..', out: 'a/b/up/../../outside', 'out/precious': 'x'],
            ['a/b/up': '../..', out: 'a/b/up/..'],
            [lib: 'real', 'lib/x': 'y'],
        ]
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "a disk that is full is said to be full, and the archive is not blamed"() {
        given:
        run('truncate', '-s', '8M', folder.resolve('in/app-1/zeros'))
        Path archive = pack('app-1')
        Path small = Files.createDirectory(folder.resolve('small'))
        run('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small)

        when:
        converge(resource(small.resolve('app'), [source: archive as String]))

        then:
        def failure = thrown(FileSystemException)
        failure.file == small.resolve('app') as String
        failure.reason.contains('No space left on device')
        Files.list(small).withCloseable { it.toList() } == []

        cleanup:
        run('umount', small)
    }
}
