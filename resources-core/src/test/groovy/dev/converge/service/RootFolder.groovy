package dev.converge.service

import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.testhost.BaseSystem
import dev.converge.testhost.Shell
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path

/** The Debian of {@link TestHost} in a folder, not booted: what an image is while it is built. */
final class RootFolder implements AutoCloseable {
    private final Path folder
    final Path root

    private RootFolder(Path folder) {
        this.folder = folder
        this.root = folder.resolve('root')
    }

    static RootFolder mount() {
        def base = BaseSystem.in(TestHost.FOLDER)
        def made = new RootFolder(Files.createTempDirectory(Path.of('/var/tmp'), 'converge-root-'))
        ['root', 'up', 'work'].each { Files.createDirectory(made.folder.resolve(it)) }
        def layers = "lowerdir=$base,upperdir=${made.folder}/up,workdir=${made.folder}/work"
        Shell.must(['mount', '-t', 'overlay', 'overlay', '-o', layers, made.root])
        Shell.must(['mount', '-t', 'proc', 'proc', made.path('/proc')])
        Shell.must(['mount', '-t', 'tmpfs', 'tmpfs', made.path('/run')])
        made
    }

    Path path(String absolute) {
        root.resolve(absolute.substring(1))
    }

    Host host() {
        new LocalHost(root, new LocalCommands(root), {} as Backups)
    }

    void write(String path, String text, boolean program = false) {
        Files.createDirectories(this.path(path).parent)
        Files.writeString(this.path(path), text.stripIndent())
        this.path(path).toFile().setExecutable(program)
    }

    /** Without systemd, as it was before. */
    RootFolder withoutSystemd() {
        Files.deleteIfExists(path('/sbin/init'))
        Files.writeString(path('/sbin/init'), '')
        this
    }

    @Override
    void close() {
        assert Shell.retry { Shell.run(['umount', '-R', root]).ok }
        Shell.must(['rm', '-rf', folder])
    }
}
