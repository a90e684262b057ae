package dev.converge.language;

import dev.converge.module.SiteModule;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One Groovy file of a site.
 *
 * @param number how compiled code names it
 * @param path relative to the site's root, with slashes; absolute for a file of a module outside it
 * @param scriptClass name of the class that its top-level statements become; unique in the site
 * @param text its content
 * @param module the module that it belongs to, if any
 */
record SourceFile(int number, String path, String scriptClass, String text, Optional<SiteModule> module) {
    SourceFile(int number, String path, String scriptClass, String text) {
        this(number, path, scriptClass, text, Optional.empty());
    }

    /** How it is called wherever the site is checked out, and Converge installed. */
    String input() {
        return path.startsWith("/") ? module.orElseThrow().input(Path.of(path)) : path;
    }

    /** The name under which the compiler knows the file; its classes carry it in their stack frames. */
    String unitName() {
        return scriptClass + ".groovy";
    }
}
