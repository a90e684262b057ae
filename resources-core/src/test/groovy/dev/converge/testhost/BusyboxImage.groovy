package dev.converge.testhost

import java.nio.file.Files
import java.nio.file.Path

/** The file system of an image: the machine's busybox under every name that it has, and files of the test's choice. */
final class BusyboxImage {
    private BusyboxImage() {}

    /** An archive of it; the same files make the same archive. */
    static Path archive(Path folder, Map<String, String> files) {
        def tree = Files.createTempDirectory(folder, 'image')
        def archive = folder.resolve("${tree.fileName}.tar")
        ['bin', 'etc', 'tmp'].each { Files.createDirectories(tree.resolve(it)) }
        Shell.must(['sh', '-c', 'cp "$(command -v busybox)" "$0/bin/busybox" && chroot "$0" /bin/busybox --install -s /bin', tree])
        files.each { path, text ->
            def file = tree.resolve(path.substring(1))
            Files.createDirectories(file.parent)
            Files.writeString(file, text)
        }
        Shell.must(['tar', '--sort=name', '--mtime=@0', '-C', tree, '-cf', archive, '.'])
        Shell.must(['rm', '-rf', tree])
        archive
    }
}
