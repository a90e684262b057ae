package dev.converge.module;

import java.nio.file.Path;

/**
 * A module as one site uses it.
 *
 * @param description what its {@code module.yaml} says
 * @param folder its absolute path
 * @param shown the same as diagnostics name it: relative to the site's root when it is in the site
 * @param source where the site has it from
 */
public record SiteModule(ModuleDescription description, Path folder, String shown, ModuleSource source) {
    public String name() {
        return description.name();
    }

    /** Its composites and other classes. */
    public Path sources() {
        return folder.resolve("src");
    }

    public Path data() {
        return folder.resolve("data");
    }

    /** How a file of it is named in diagnostics, so that it can be opened from the site's root. */
    public String shown(Path file) {
        return (shown + "/" + folder.relativize(file)).replace('\\', '/');
    }

    /** How a file of it is called wherever the site is checked out, and Converge installed. */
    public String input(Path file) {
        return (name() + ":" + folder.relativize(file)).replace('\\', '/');
    }

    /** Whether a class of this simple name may be in it: {@code nginx} has {@code Nginx} and {@code NginxSite}. */
    public boolean mayDeclare(String className) {
        String prefix = description.classPrefix();
        return className.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** What a class is called when it is to be in this module. */
    public String classNameFor(String className) {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("[-_]")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return name.append(className).toString();
    }
}
