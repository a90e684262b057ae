package dev.converge.source;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A site at a commit, on this disk.
 *
 * @param commit all digits
 * @param folder the site's own folder; nothing but its files is in it
 * @param signer who signed it, when signatures are asked for
 * @param fetched when
 */
public record SiteCopy(String commit, Path folder, Optional<String> signer, Instant fetched) {}
