package dev.converge.file

import dev.converge.FolderHost
import dev.converge.ResourceSpecification
import dev.converge.host.LocalCommands
import dev.converge.model.InvalidValueException
import dev.converge.model.SiteFiles
import dev.converge.provider.Host
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import spock.lang.TempDir

/** One file in a folder of its own, on the real file system, and a site beside it. */
abstract class FileSpecification extends ResourceSpecification<FileResource> {
    @TempDir
    Path folder

    @TempDir
    Path site

    List<Path> kept = []

    @Override
    FileType schema() {
        new FileType()
    }

    @Override
    Host newHost() {
        def host = new FolderHost(Path.of('/'), new LocalCommands(Path.of('/')))
        host.kept = kept
        host
    }

    @Override
    SiteFiles siteFiles() {
        { String name ->
            def file = site.resolve(name)
            if (!Files.exists(file)) {
                throw new InvalidValueException("no $name")
            }
            file
        }
    }

    FileResource file(Map<String, ?> attributes = [:]) {
        resource("$folder/motd", attributes)
    }

    Path motd() {
        folder.resolve('motd')
    }

    void siteFile(String name, String text) {
        Files.writeString(site.resolve(name), text)
    }

    static String mode(Path path) {
        Integer.toOctalString((Files.getAttribute(path, 'unix:mode', LinkOption.NOFOLLOW_LINKS) as int) & 07777)
    }

    static void run(String... words) {
        assert words.execute().waitFor() == 0
    }
}
