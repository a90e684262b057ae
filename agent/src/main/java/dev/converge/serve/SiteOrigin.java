package dev.converge.serve;

import dev.converge.source.SourceSettings;
import java.nio.file.Path;

/** Where a site comes from. */
public sealed interface SiteOrigin {
    /** A folder of this machine that holds a whole site. */
    record Folder(Path site) implements SiteOrigin {}

    /** A repository. */
    record Git(SourceSettings settings) implements SiteOrigin {}
}
