package dev.converge.model;

import java.nio.file.Path;

/** The {@code files/} folder of a site (or of the module that a manifest belongs to). */
public interface SiteFiles {
    /**
     * The absolute path of a file or folder below {@code files/}.
     *
     * @throws InvalidValueException when there is none, or when the name leads out of the folder
     */
    Path resolve(String name);
}
