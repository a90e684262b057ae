package dev.converge.module;

import dev.converge.diagnostic.Checked;
import java.nio.file.Path;
import java.util.List;

/**
 * A module as one site uses it.
 *
 * @param description what its {@code module.yaml} says
 * @param folder its absolute path
 * @param shown the same as diagnostics name it: relative to the site's root when it is in the site
 * @param source where the site has it from
 */
public record SiteModule(ModuleDescription description, Path folder, String shown, ModuleSource source) {
    /** The module in a folder, for what works on modules rather than on sites; or what is wrong with it. */
    public static Checked<SiteModule> in(Path folder) {
        Checked<ModuleDescription> read = ModuleFolder.read(folder);
        return new Checked<>(
                read.value()
                        .map(description -> new SiteModule(
                                description, folder, folder.toString(), new ModuleSource.Folder(folder))),
                read.diagnostics());
    }

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

    /** Its Java code, sorted; most modules have none. */
    public List<Path> jars() {
        return ModuleFiles.jars(folder.resolve("lib"));
    }

    /** How a file of it is named in diagnostics, so that it can be opened from the site's root. */
    public String shown(Path file) {
        return (shown + "/" + folder.relativize(file)).replace('\\', '/');
    }

    /** How a file of it is called wherever the site is checked out, and Converge installed. */
    public String input(Path file) {
        return (name() + ":" + folder.relativize(file)).replace('\\', '/');
    }

    String inCatalog(Path file) {
        return inCatalog(folder.relativize(file).toString().replace('\\', '/'));
    }

    /** @param file below its folder */
    String inCatalog(String file) {
        return SiteModules.FOLDER + "/" + name() + "/" + file;
    }

    /** Whether a class of this simple name may be in it: {@code nginx} has {@code Nginx} and {@code NginxSite}. */
    public boolean mayDeclare(String className) {
        String prefix = description.classPrefix();
        return className.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** What a class is called when it is to be in this module. */
    public String classNameFor(String className) {
        return ModuleName.className(name()) + className;
    }
}
