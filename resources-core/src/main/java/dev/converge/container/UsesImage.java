package dev.converge.container;

/** A resource that needs an image, so that a site's policy for images has a say. */
interface UsesImage {
    ImageName imageName();
}
