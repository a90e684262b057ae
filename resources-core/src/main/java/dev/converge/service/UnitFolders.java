package dev.converge.service;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where a host keeps its unit files, the first that has one counts; see systemd.unit(5). */
public final class UnitFolders {
    /** The administrator's own. */
    static final Path ETC = Path.of("/etc/systemd/system");

    private static final List<Path> FOLDERS = Stream.of(
                    "/etc/systemd/system",
                    "/run/systemd/system",
                    "/run/systemd/generator",
                    "/usr/local/lib/systemd/system",
                    "/lib/systemd/system",
                    "/usr/lib/systemd/system",
                    "/run/systemd/generator.late")
            .map(Path::of)
            .toList();

    private UnitFolders() {}

    /** The file of a unit, or of the template that it is an instance of; as the host sees it. */
    static Optional<Path> find(String unit, Host host) {
        return find(unit, host, FOLDERS);
    }

    /** The file that a unit would have without the one in a folder. */
    public static Optional<Path> findBeyond(Path folder, String unit, Host host) {
        return find(
                unit,
                host,
                FOLDERS.stream().filter(other -> !other.equals(folder)).toList());
    }

    private static Optional<Path> find(String unit, Host host, List<Path> folders) {
        for (String name : List.of(unit, ServiceName.templateOf(unit))) {
            for (Path folder : folders) {
                Path file = folder.resolve(name);
                if (Files.exists(host.path(file), LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }

    /** The unit files and drop-ins of a folder by their paths in it, sorted; links are no files of their own. */
    static List<String> files(Path folder, Host host) throws IOException {
        Path real = host.path(folder);
        if (!Files.isDirectory(real)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(real, 2)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> real.relativize(file).toString())
                    .filter(UnitFolders::isUnitFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isUnitFile(String path) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            return !ServiceName.suffix(path).isEmpty();
        }
        return path.startsWith(".d/", slash - 2) && path.endsWith(".conf");
    }

    /** The names of all services, as a manifest writes them, for whoever mistyped one. */
    static Collection<String> names(Host host) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        for (Path folder : FOLDERS) {
            Path real = host.path(folder);
            if (Files.isDirectory(real)) {
                try (Stream<Path> files = Files.list(real)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !ServiceName.suffix(name).isEmpty())
                            .map(name -> name.endsWith(".service") ? name.substring(0, name.length() - 8) : name)
                            .forEach(names::add);
                }
            }
        }
        return names;
    }
}
