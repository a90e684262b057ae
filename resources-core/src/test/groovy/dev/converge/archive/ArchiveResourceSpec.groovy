package dev.converge.archive

import com.sun.net.httpserver.HttpServer
import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import groovy.transform.CompileStatic
import java.nio.file.FileSystemException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.security.MessageDigest
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** Archives that the system's own tar has made, and some that nobody should have made. */
@Timeout(60)
class ArchiveResourceSpec extends ProviderContractSpec<ArchiveResource> {
    @TempDir
    Path folder

    Path place
    List<Path> kept = Collections.synchronizedList([])

    def setup() {
        place = Files.createDirectory(folder.resolve('opt')).resolve('app')
        tree('app-1', [readme: 'version 1\n', 'bin/app': '#!/bin/sh\n', 'lib/data': 'data', 'docs/old': 'old'])
        tree('app-2', [readme: 'version 2\n', 'bin/app': '#!/bin/sh\n', 'lib/more': 'more'])
    }

    private void tree(String name, Map<String, String> files) {
        files.each { path, text ->
            Path file = folder.resolve("in/$name/$path")
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
            file.toFile().setExecutable(path.startsWith('bin/'), false)
        }
        Files.createSymbolicLink(folder.resolve("in/$name/bin/start"), Path.of('app'))
        Files.createSymbolicLink(folder.resolve("in/$name/share"), Path.of('./lib'))
        Files.createLink(folder.resolve("in/$name/copy"), folder.resolve("in/$name/readme"))
    }

    private Path pack(String tree, String options = 'z', String name = "$tree-${options ?: 'plain'}.tar") {
        Path archive = folder.resolve(name)
        run('tar', *(options.startsWith('--') ? [options] : options ? ["-$options"] : []), '-C', "$folder/in", '-cf', archive, tree)
        archive
    }

    private static void run(Object... command) {
        def process = new ProcessBuilder(command.collect { it as String }).redirectErrorStream(true).start()
        def output = process.inputStream.text
        assert process.waitFor() == 0 : output
    }

    @Override
    ArchiveType schema() {
        new ArchiveType()
    }

    @Override
    Host newHost() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { Path path -> kept << path } as Backups)
    }

    @Override
    Collection<Path> watched() {
        [place.parent]
    }

    @Override
    Map<String, Closure<ArchiveResource>> samples() {
        [
            'tarball': { app(pack('app-1'), [strip: 1, creates: 'bin/app']) },
            'tarball with its folder': { app(pack('app-1')) },
            'tarball with a checksum': { app(pack('app-1'), [checksum: digest(folder.resolve('app-1-z.tar'))]) },
        ]
    }

    private ArchiveResource app(Path archive, Map given = [:]) {
        resource(place, [source: archive as String] + given)
    }

    private static String digest(Path file, String algorithm = 'SHA-256') {
        algorithm.replace('-', '').toLowerCase() + ':' + MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)).encodeHex()
    }

    private String read(String name) {
        Files.readString(place.resolve(name))
    }

    private List<String> names() {
        Files.walk(place).withCloseable { all -> all.toList().collect { place.relativize(it) as String }.sort() - '' }
    }

    @Requires({ new File("/usr/bin/$data.program").canExecute() })
    def "a tar is unpacked whatever it is compressed with: #options"() {
        when:
        converge(app(pack('app-1', options), [strip: 1]))

        then:
        names() == ['.converge-archive', 'bin', 'bin/app', 'bin/start', 'copy', 'docs', 'docs/old', 'lib', 'lib/data', 'readme', 'share']
        read('readme') == 'version 1\n'
        Files.readSymbolicLink(place.resolve('bin/start')) as String == 'app'
        read('share/data') == 'data'
        Files.isSameFile(place.resolve('copy'), place.resolve('readme'))
        PosixFilePermissions.toString(Files.getPosixFilePermissions(place.resolve('bin/app'))) == 'rwxr-xr-x'
        place.parent.toFile().list() as List == ['app']

        where:
        options  | program
        ''       | 'tar'
        'z'      | 'gzip'
        'j'      | 'bzip2'
        'J'      | 'xz'
        '--zstd' | 'zstd'
        '--format=pax' | 'tar'
        '--format=v7'  | 'tar'
    }

    def "a zip is unpacked"() {
        given:
        Path zip = folder.resolve('app.zip')
        new ZipOutputStream(Files.newOutputStream(zip)).withCloseable { out ->
            ['app/': '', 'app/readme': 'zipped\n', 'app/bin/x': 'x'].each { name, text ->
                out.putNextEntry(new ZipEntry(name))
                out << text
            }
        }

        when:
        converge(app(zip, [strip: 1]))

        then:
        names() == ['.converge-archive', 'bin', 'bin/x', 'readme']
        read('readme') == 'zipped\n'
    }

    def "nothing is read or fetched while the folder says that it is the one"() {
        given:
        Path archive = pack('app-1')
        def desired = app(archive, [checksum: digest(archive)])
        converge(desired)
        Files.delete(archive)
        Files.writeString(place.resolve('readme'), 'edited')

        expect:
        difference(desired).empty
    }

    def "a new archive replaces the whole folder, and the old one is kept"() {
        given:
        converge(app(pack('app-1'), [strip: 1]))
        Files.writeString(place.resolve('mine'), '')

        when:
        converge(app(pack('app-2'), [strip: 1]))

        then:
        names() == ['.converge-archive', 'bin', 'bin/app', 'bin/start', 'copy', 'lib', 'lib/more', 'readme', 'share']
        read('readme') == 'version 2\n'
        kept == [place, place]
        place.parent.toFile().list() as List == ['app']
    }

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

    def "a folder with other things is not touched"() {
        given:
        Files.createDirectory(place)
        Files.writeString(place.resolve('mine'), '')

        when:
        converge(app(pack('app-1')))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('not empty')
    }

    def "what is missing of it is unpacked again"() {
        given:
        def desired = app(pack('app-1'), [strip: 1, creates: 'bin/app'])
        converge(desired)
        Files.delete(place.resolve('bin/app'))

        expect: 'the reason first, since reports cut long values'
        (difference(desired).get().attributes()[0].before().get() as String).startsWith('without bin/app: sha256:')

        when:
        converge(desired)

        then:
        Files.exists(place.resolve('bin/app'))
        difference(desired).empty
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "all of it belongs to its owner, after a new archive too"() {
        given:
        converge(app(pack('app-1'), [strip: 1, owner: 'nobody', group: 'nogroup']))

        when:
        converge(app(pack('app-2'), [strip: 1]))

        then:
        ['', 'readme', 'lib', 'lib/more', 'bin/start'].every {
            Files.getAttribute(place.resolve(it), 'unix:uid', java.nio.file.LinkOption.NOFOLLOW_LINKS) == 65534
        }
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "another owner leaves the groups as they are"() {
        given:
        Path archive = pack('app-1')
        converge(app(archive))
        Files.setAttribute(place.resolve('app-1/lib'), 'unix:gid', 1234)

        when:
        converge(app(archive, [owner: 'nobody']))

        then:
        Files.getAttribute(place.resolve('app-1/lib'), 'unix:uid') == 65534
        Files.getAttribute(place.resolve('app-1/lib'), 'unix:gid') == 1234
    }

    def "one from the network is fetched once"() {
        given:
        Path archive = pack('app-1')
        def server = new Downloads(archive)
        def desired = resource(place, [source: server.url, checksum: digest(archive, 'SHA-512'), strip: 1])

        when:
        converge(desired)

        then:
        difference(desired).empty
        read('readme') == 'version 1\n'
        server.count == 1

        cleanup:
        server.close()
    }

    def "removing it keeps a copy"() {
        given:
        def desired = app(pack('app-1'))
        converge(desired)

        when:
        converge(desired, Ensure.ABSENT)

        then:
        kept == [place, place]
        !Files.exists(place)
    }

    def "what nobody could mean is refused: #given"() {
        when:
        resource(place, [source: '/x.tar'] + given)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        given << [[source: 'https://example.com/x.tar'], [strip: -1], [creates: '../x'], [creates: '/bin/x']]
    }

    /** A web server with one file. */
    @CompileStatic
    static final class Downloads implements AutoCloseable {
        private final HttpServer server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)
        int count

        Downloads(Path file) {
            server.createContext('/') { exchange ->
                count++
                byte[] bytes = Files.readAllBytes(file)
                exchange.sendResponseHeaders(200, bytes.length)
                exchange.responseBody.write(bytes)
                exchange.close()
            }
            server.start()
        }

        String getUrl() {
            "http://127.0.0.1:${server.address.port}/app.tar.gz"
        }

        @Override
        void close() {
            server.stop(0)
        }
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
