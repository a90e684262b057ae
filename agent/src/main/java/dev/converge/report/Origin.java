package dev.converge.report;

import java.util.Optional;

/**
 * What a catalog was made from. The same sources, facts and data give the same catalog.
 *
 * @param commit the commit that the site was at, in hexadecimal digits; empty where no repository is
 * @param modified whether the site had something that is not in the commit; empty where no repository is, and where
 *     nobody has looked
 * @param sources SHA-256 of what went in of the site: its manifests, and the templates and files that they name
 * @param facts SHA-256 of the facts that were read, as JSON
 * @param data SHA-256 of the data that was read; empty for a site that has none
 */
public record Origin(
        Optional<String> commit, Optional<Boolean> modified, String sources, String facts, Optional<String> data) {}
