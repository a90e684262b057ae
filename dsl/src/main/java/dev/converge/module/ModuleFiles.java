package dev.converge.module;

import dev.converge.data.SiteBounds;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which folders are modules. */
final class ModuleFiles {
    /** What makes a folder a module. */
    static final String DESCRIPTION = "module.yaml";

    private ModuleFiles() {}

    static boolean isModule(Path folder) {
        return Files.isRegularFile(folder.resolve(DESCRIPTION));
    }

    /** The text of a file; of none that a link outside these folders stands for. */
    static String read(Path file, SiteBounds bounds) throws IOException {
        if (bounds.areLeftBy(file)) {
            throw new IOException("a link that leads out of the site stands in its place.");
        }
        return Files.readString(file);
    }

    /** The jars right in a folder, sorted; none when there is no such folder. */
    static List<Path> jars(Path folder) {
        return matching(folder, file -> file.toString().endsWith(".jar") && Files.isRegularFile(file));
    }

    /** The modules right below a folder, sorted; none when there is no such folder. */
    static List<Path> in(Path folder) {
        return matching(folder, ModuleFiles::isModule);
    }

    private static List<Path> matching(Path folder, DirectoryStream.Filter<Path> filter) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, filter)) {
            all.forEach(found::add);
        } catch (IOException e) {
            return List.of(); // what cannot be read is told when the site's manifests are read
        }
        found.sort(null);
        return List.copyOf(found);
    }
}
