package dev.converge.pkg;

import dev.converge.model.SiteFiles;
import dev.converge.provider.Host;
import dev.converge.schema.Parsing;
import java.nio.file.Path;

/**
 * Where a package's file is.
 *
 * @param written as the manifest says it
 * @param path on the host when {@code written} is absolute, else in the site
 */
public record PkgSource(String written, Path path) {
    /** An absolute path on the host, or a name below the site's {@code files/}. */
    public static PkgSource parse(String text, SiteFiles files) {
        return new PkgSource(text, text.startsWith("/") ? Parsing.path(text) : files.resolve(text));
    }

    /** Where to read it. */
    Path on(Host host) {
        return written.startsWith("/") ? host.path(path) : path;
    }

    @Override
    public String toString() {
        return written;
    }
}
