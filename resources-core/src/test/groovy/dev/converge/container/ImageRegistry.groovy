package dev.converge.container

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import dev.converge.testhost.Shell
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.Executors

/**
 * A registry of images without TLS, of which engines pull: the reading half of the distribution API.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">the specification</a>
 */
final class ImageRegistry implements AutoCloseable {
    private static final String MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'

    private static final int TLS_HANDSHAKE = 0x16

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    private final ServerSocket door = new ServerSocket(0)
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>()
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>()
    private final byte[] layer

    ImageRegistry(Path folder) {
        layer = busybox(folder)
        server.createContext('/v2/') { answer(it) }
        server.executor = Executors.newCachedThreadPool { new Thread(it).tap { it.daemon = true } }
        server.start()
        Thread.startDaemon { openDoor() }
    }

    int getPort() {
        door.localPort
    }

    /** An engine tries TLS first, and waits ten seconds for an answer: whoever does is turned away at once. */
    private void openDoor() {
        while (!door.closed) {
            try {
                def guest = door.accept()
                Thread.startDaemon { admit(guest) }
            } catch (IOException ignored) {
                return
            }
        }
    }

    private void admit(Socket guest) {
        def first = guest.inputStream.read()
        if (first < 0 || first == TLS_HANDSHAKE) {
            guest.close()
            return
        }
        def inner = new Socket(server.address.address, server.address.port)
        inner.outputStream.write(first)
        Thread.startDaemon { pass(inner, guest) }
        pass(guest, inner)
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.inputStream.transferTo(to.outputStream)
            to.shutdownOutput()
        } catch (IOException ignored) {
            to.close()
        }
    }

    private static byte[] busybox(Path folder) {
        def tree = Files.createDirectories(folder.resolve('layer'))
        def archive = folder.resolve('layer.tar')
        Shell.must(['sh', '-c', 'mkdir -p "$0/bin" "$0/tmp" "$0/etc" && cp "$(command -v busybox)" "$0/bin/busybox" && chroot "$0" /bin/busybox --install -s /bin', tree])
        Shell.must(['tar', '-C', tree, '-cf', archive, '.'])
        Files.readAllBytes(archive)
    }

    /** Puts an image under a tag, one that differs by what it is marked with; the digest of its manifest. */
    String put(String repository, String tag, String mark) {
        def config = Json.write([
            architecture: 'amd64', os: 'linux', config: [Cmd: ['sleep', '1000'], Env: ["MARK=$mark" as String]],
            rootfs: [type: 'layers', diff_ids: [blob(layer)]], history: [[created_by: 'test']],
        ])
        def manifest = Json.write([
            schemaVersion: 2, mediaType: MANIFEST,
            config: [mediaType: 'application/vnd.docker.container.image.v1+json', size: config.length, digest: blob(config)],
            layers: [[mediaType: 'application/vnd.docker.image.rootfs.diff.tar', size: layer.length, digest: blob(layer)]],
        ])
        manifests["$repository/$tag" as String] = manifest
        manifests["$repository/${digest(manifest)}" as String] = manifest
        digest(manifest)
    }

    private String blob(byte[] bytes) {
        def name = digest(bytes)
        blobs[name] = bytes
        name
    }

    private static String digest(byte[] bytes) {
        'sha256:' + MessageDigest.getInstance('SHA-256').digest(bytes).encodeHex()
    }

    private void answer(HttpExchange exchange) {
        def path = exchange.requestURI.path
        def manifest = path =~ '/v2/(.+)/manifests/(.+)'
        def blob = path =~ '/v2/.+/blobs/(.+)'
        if (path == '/v2/') {
            send(exchange, 200, 'application/json', '{}'.bytes)
        } else if (manifest.matches() && manifests["${manifest[0][1]}/${manifest[0][2]}" as String]) {
            def bytes = manifests["${manifest[0][1]}/${manifest[0][2]}" as String]
            exchange.responseHeaders.set('Docker-Content-Digest', digest(bytes))
            send(exchange, 200, MANIFEST, bytes)
        } else if (blob.matches() && blobs[blob[0][1] as String]) {
            send(exchange, 200, 'application/octet-stream', blobs[blob[0][1] as String])
        } else {
            send(exchange, 404, 'application/json', '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}'.bytes)
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) {
        exchange.responseHeaders.set('Content-Type', type)
        exchange.responseHeaders.set('Docker-Distribution-API-Version', 'registry/2.0')
        def silent = exchange.requestMethod == 'HEAD'
        if (silent) {
            exchange.responseHeaders.set('Content-Length', body.length as String)
        }
        exchange.sendResponseHeaders(status, silent ? -1 : body.length)
        if (!silent) {
            exchange.responseBody.write(body)
        }
        exchange.close()
    }

    @Override
    void close() {
        door.close()
        server.stop(0)
    }
}
