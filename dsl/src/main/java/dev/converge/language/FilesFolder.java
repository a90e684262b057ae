package dev.converge.language;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of the site that manifests name files in: {@code files/} or {@code templates/}. */
final class FilesFolder implements SiteFiles {
    private static final int DEPTH = 8;

    private final Path folder;
    private final String name;

    private final SiteInputs inputs;

    /** @param inputs is told what manifests name */
    FilesFolder(Path site, String name, SiteInputs inputs) {
        this.folder = site.resolve(name);
        this.name = name;
        this.inputs = inputs;
    }

    @Override
    public Path resolve(String file) {
        Path path;
        try {
            path = folder.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + file + "\" is not a path: " + e.getReason() + ".");
        }
        if (!path.startsWith(folder)) {
            throw new InvalidValueException("\"" + file + "\" leads out of the site's " + name + "/.");
        }
        if (!Files.exists(path)) {
            throw new InvalidValueException(
                    "The site has no " + name + "/" + file + ".",
                    Suggestions.nearest(file, names())
                            .map(near -> "Did you mean \"" + near + "\"?")
                            .orElse("Put it into the folder " + name + "/ beside the manifest."));
        }
        inputs.named(name + "/" + folder.relativize(path), path);
        return path;
    }

    private List<String> names() {
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
