package dev.converge.source;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A site at a commit, exported for this host.
 *
 * @param commit its id, in hexadecimal digits
 * @param folder the folder of the site in the export
 * @param signer who has signed the commit, where signatures are asked for
 * @param fetched when the commit was first fetched
 */
public record SiteCopy(String commit, Path folder, Optional<String> signer, Instant fetched) {}
