package dev.converge.container;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.time.Duration;
import java.util.Optional;

/**
 * An image that Docker or podman has on the host, fetched from its registry or from an archive. A container fetches its
 * image by itself: declare the image where it comes from an archive, shall be there before it is needed, or shall go. One
 * that a container uses is not removed.
 *
 * @param name what the image is called, such as {@code nginx:1.27} or {@code registry.example.com/shop/web@sha256:…}
 * @param source an archive to load it from, as {@code docker save} and {@code podman save} write it: by its absolute path on
 *     the host, or its name in the site's {@code files/}. Loaded again when the archive has another image under the name
 * @param pullTimeout how long fetching or loading it may take
 * @param engine where the engine listens, such as {@code 'unix:///run/podman/podman.sock'}; looked for as for a
 *     container when left out
 */
@ResourceType(
        name = "image",
        provider = ImageProvider.class,
        example = """
                image('registry.example.com/shop/web:7') {
                    source '/srv/images/web-7.tar'
                }
                """,
        after = {
            "pkg[podman]",
            "pkg[docker.io]",
            "pkg[docker-ce]",
            "service[docker]",
            "service[docker.service]",
            "service[docker.socket]",
            "service[podman.socket]",
            "service[podman]"
        })
public record ImageResource(
        @Id ImageName name,
        @AutoRequire("file") Optional<ImageArchive> source,
        @Parameter @Default("10m") Duration pullTimeout,
        @Parameter Optional<EngineAddress> engine)
        implements Resource, UsesImage {

    @Override
    public Optional<ImageName> usedImage() {
        return Optional.of(name);
    }

    public ImageResource {
        if (source.isPresent() && name.digest().isPresent()) {
            throw new InvalidValueException(
                    "An archive knows its images by their tags, so a name with a digest is not found in it.",
                    "Write the name with a tag, or leave source out.");
        }
    }
}
