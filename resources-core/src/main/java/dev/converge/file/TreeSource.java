package dev.converge.file;

import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import dev.converge.provider.Host;
import dev.converge.schema.Parsing;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that a directory's contents are copied from.
 *
 * @param written as the author wrote it
 * @param path the real folder of the site, or a path as the host sees it
 * @param onHost which of the two
 */
record TreeSource(String written, Path path, boolean onHost) {
    /**
     * Reads what an author wrote.
     *
     * @param text a name below the site's {@code files/}, or an absolute path on the host
     * @throws InvalidValueException when the site has no such folder
     */
    public static TreeSource parse(String text, SiteFiles files) {
        if (text.startsWith("/")) {
            return new TreeSource(text, Parsing.path(text), true);
        }
        if (text.contains("://")) {
            throw new InvalidValueException(
                    "A directory cannot be copied from \"" + text + "\".",
                    "Use a folder below files/, or an absolute path on the host.");
        }
        Path folder = files.resolve(text);
        if (!Files.isDirectory(folder)) {
            throw new InvalidValueException("\"" + text + "\" is a file.", "Give it as the source of a file.");
        }
        return new TreeSource(text, folder, false);
    }

    Path real(Host host) {
        return onHost ? host.path(path) : path;
    }

    @Override
    public String toString() {
        return written;
    }
}
