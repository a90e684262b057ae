package dev.converge.source

import groovy.transform.CompileStatic
import java.nio.file.Files
import java.nio.file.Path

/** OpenSSH's own server on loopback with throw-away keys. It lets the account that runs the test in. */
@CompileStatic
final class GitSshServer implements AutoCloseable {
    private final Path folder
    private final Process server
    final int port
    final Path key
    final Path knownHosts
    final Path authorized

    GitSshServer(Path folder) {
        this.folder = folder
        this.key = folder.resolve('key')
        this.knownHosts = folder.resolve('known_hosts')
        this.authorized = folder.resolve('authorized_keys')
        keygen('key')
        keygen('host')
        keygen('other')
        Files.copy(folder.resolve('key.pub'), authorized)
        port = new ServerSocket(0).withCloseable { it.localPort }
        Files.writeString(knownHosts, "[127.0.0.1]:$port $hostKey\n")
        Files.writeString(folder.resolve('config'), """\
            Port $port
            ListenAddress 127.0.0.1
            HostKey ${folder.resolve('host')}
            AuthorizedKeysFile $authorized
            StrictModes no
            PasswordAuthentication no
            UsePAM no
            PidFile none
            """.stripIndent())
        Files.createDirectories(Path.of('/run/sshd'))
        server = new ProcessBuilder('/usr/sbin/sshd', '-D', '-e', '-f', folder.resolve('config') as String)
                .redirectErrorStream(true).redirectOutput(folder.resolve('log').toFile()).start()
        awaitPort()
    }

    private void awaitPort() {
        long end = System.nanoTime() + 20_000_000_000
        while (true) {
            try {
                new Socket('127.0.0.1', port).close()
                return
            } catch (ConnectException e) {
                assert System.nanoTime() < end && server.alive : Files.readString(folder.resolve('log'))
                Thread.sleep(20)
            }
        }
    }

    private void keygen(String name) {
        assert new ProcessBuilder('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', folder.resolve(name) as String).start().waitFor() == 0
    }

    String getHostKey() {
        Files.readString(folder.resolve('host.pub')).trim()
    }

    void forgeKnownHost() {
        Files.writeString(knownHosts, "[127.0.0.1]:$port ${Files.readString(folder.resolve('other.pub')).trim()}\n")
    }

    void protectKey() {
        assert new ProcessBuilder('ssh-keygen', '-q', '-p', '-P', '', '-N', 'secret', '-f', key as String).start().waitFor() == 0
    }

    String url(Path repository) {
        "ssh://${System.getProperty('user.name')}@127.0.0.1:$port$repository"
    }

    @Override
    void close() {
        server.destroy()
        server.waitFor()
    }
}
