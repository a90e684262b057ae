package dev.converge.model;

import java.util.List;

/**
 * An attribute's value that names other resources by a part of itself: the volume {@code data:/var/lib/app} names
 * {@code volume[data]}.
 */
public interface NamesResources {
    /** The names, the likeliest first; the first one that is declared counts. */
    List<String> resourceNames();
}
