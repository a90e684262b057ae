package dev.converge.pkg;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The configuration files of packages, as dpkg(1) knows them: what a purge removes, edited or not. */
final class ConfigurationFiles {
    private static final Path FOLDER = Path.of("/var/lib/dpkg/info");

    private ConfigurationFiles() {}

    /** Those of a package that there are, as the host sees them. */
    static List<Path> of(PkgName name, Host host) throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = host.path(FOLDER);
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> lists = Files.newDirectoryStream(
                folder, name.name() + "{,:" + name.architecture().orElse("*") + "}.conffiles")) {
            for (Path list : lists) {
                Files.readAllLines(list).stream()
                        .filter(line -> line.startsWith("/"))
                        .map(Path::of)
                        .filter(file -> Files.exists(host.path(file), LinkOption.NOFOLLOW_LINKS))
                        .forEach(files::add);
            }
        }
        return files;
    }
}
