package dev.converge.container;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.Optional;

/** The image that a container is to be made of: which one that is now, and getting it. */
final class ContainerImage {
    private final ContainerResource desired;
    private final ImageName name;
    private final EngineClient engine;

    ContainerImage(ContainerResource desired, EngineClient engine) {
        this.desired = desired;
        this.name = desired.image().orElseThrow();
        this.engine = engine;
    }

    /**
     * What a container is made of, under the name by which it is wished when it is that image: when the name leads to it
     * now, or leads nowhere and is the one that the container was made by. Another image is shown with its digest.
     */
    ImageName of(LiveContainer live) throws IOException, InterruptedException {
        Optional<ImageDetails> wanted = engine.images().named(name);
        Optional<ImageName> madeBy = live.imageReference().flatMap(ContainerImage::readable);
        boolean same = wanted.isPresent()
                ? wanted.get().id().equals(live.imageId()) && isNewest(wanted.get())
                : madeBy.filter(name::equals).isPresent();
        if (same) {
            return name;
        }
        ImageName shown = madeBy.orElse(name);
        String digest = live.image().isKnown() ? live.image().digestFor(shown) : live.imageId();
        return new ImageName(shown.registry(), shown.repository(), shown.tag(), Optional.of(digest));
    }

    /** An id is no name. */
    private static Optional<ImageName> readable(String reference) {
        try {
            return reference.startsWith("sha256:") ? Optional.empty() : Optional.of(ImageName.parse(reference));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isNewest(ImageDetails local) throws IOException, InterruptedException {
        if (desired.pull() != PullPolicy.ALWAYS || name.digest().isPresent()) {
            return true;
        }
        String digest = engine.images()
                .digestAtRegistry(name)
                .orElseThrow(() -> new ResourceFailure(
                        engine.product() + " cannot say which image the registry has for " + name
                                + ", so \"pull 'always'\" cannot be kept.",
                        "Name the image by its digest, or let podman-auto-update(1) do it."));
        return local.digests().stream().anyMatch(reference -> reference.endsWith("@" + digest));
    }

    /** Fails where {@link #fetch} could not succeed, as far as that can be known. */
    void check() throws IOException, InterruptedException {
        boolean missing = engine.images().named(name).isEmpty();
        if (missing && desired.pull() == PullPolicy.NEVER) {
            throw new ResourceFailure(
                    "The host has no image " + name + ", and \"pull 'never'\" forbids to fetch it.",
                    "Declare the image with its source, or leave pull out.");
        }
        if (missing || desired.pull() == PullPolicy.ALWAYS) {
            engine.images().digestAtRegistry(name);
        }
    }

    /** Sees to it that the host has the image. */
    void fetch() throws IOException, InterruptedException {
        Optional<ImageDetails> local = engine.images().named(name);
        if (local.isEmpty() || (desired.pull() == PullPolicy.ALWAYS && !isNewest(local.get()))) {
            engine.images().pull(name, desired.pullTimeout());
        }
    }
}
