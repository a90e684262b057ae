package dev.converge.serve;

import dev.converge.data.Outside;
import dev.converge.schema.TypeRegistry;
import dev.converge.target.RenderOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What editions are rendered with.
 *
 * @param types the resource types of Converge
 * @param outside whom the data of a site may ask
 * @param manifests a folder for compiled ones
 * @param options what may stand in the output
 * @param limit how long a site's manifests may run for one host
 */
public record EditionSettings(
        TypeRegistry types, Outside outside, Path manifests, RenderOptions options, Duration limit) {}
