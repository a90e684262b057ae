package dev.converge.language;

/**
 * One Groovy file of a site.
 *
 * @param number how compiled code names it
 * @param path relative to the site's root, with slashes
 * @param scriptClass name of the class that its top-level statements become; unique in the site
 * @param text its content
 */
record SourceFile(int number, String path, String scriptClass, String text) {
    /** The name under which the compiler knows the file; its classes carry it in their stack frames. */
    String unitName() {
        return scriptClass + ".groovy";
    }
}
