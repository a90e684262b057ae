package dev.converge.archive

import com.sun.net.httpserver.HttpServer
import dev.converge.ResourceSpecification
import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.util.zip.ZipEntry
import java.util.zip.ZipOutputStream
import spock.lang.Requires
import spock.lang.TempDir
import spock.lang.Timeout

/** What is unpacked: every format, from a file or from the network. */
@Timeout(60)
class ArchiveSourceSpec extends ResourceSpecification<ArchiveResource> implements Archives {
    @TempDir
    Path folder

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
}
