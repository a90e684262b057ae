package dev.converge.container;

import java.util.Optional;

/** A resource that needs an image, so that a site's policy for images has a say. */
interface UsesImage {
    /** Which one; empty when it does not say. */
    Optional<ImageName> usedImage();
}
