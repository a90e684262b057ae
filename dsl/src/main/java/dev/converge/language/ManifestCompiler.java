package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.facts.Facts;
import dev.converge.model.Catalog;
import dev.converge.schema.TypeRegistry;
import java.nio.file.Path;
import java.util.Optional;

/** From a site and the facts of a host to its catalog: the same input gives the same catalog. */
public final class ManifestCompiler {
    private final TypeRegistry types;
    private final Optional<Path> cache;

    /**
     * @param types the resource types that manifests may use
     * @param cache a folder for compiled manifests; nothing is kept when empty
     */
    public ManifestCompiler(TypeRegistry types, Optional<Path> cache) {
        this.types = types;
        this.cache = cache;
    }

    /** Compiles, checks and runs the site's manifests. */
    public Checked<Catalog> compile(Site site, Facts facts) {
        throw new UnsupportedOperationException("not yet: " + types + cache + site + facts);
    }
}
