package dev.converge.file;

import dev.converge.model.Identified;
import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import dev.converge.provider.Host;
import dev.converge.schema.Parsing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The folder that a directory's contents are copied from.
 *
 * @param written as the author wrote it
 * @param path the real folder of the site, or a path as the host sees it
 * @param onHost which of the two
 */
record TreeSource(String written, Path path, boolean onHost) implements Identified {
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

    /** Of a folder of the site, names, sizes and times: a tree may hold more than one likes to read. */
    @Override
    public String identity() {
        if (onHost) {
            return written;
        }
        CRC32C sum = new CRC32C();
        try (Stream<Path> all = Files.walk(path)) {
            all.sorted().forEach(file -> sum.update(state(file).getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | UncheckedIOException e) {
            return written;
        }
        return written + ' ' + sum.getValue();
    }

    private String state(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String time = seen.isDirectory() ? "" : seen.size() + " " + seen.lastModifiedTime();
            return path.relativize(file) + "\0" + time + "\0";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return written;
    }
}
