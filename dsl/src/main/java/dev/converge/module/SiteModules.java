package dev.converge.module;

import dev.converge.diagnostic.Checked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modules of a site, each after those that it requires.
 *
 * @param all in that order
 * @param inputs the text of each file that says which they are, by its path
 */
public record SiteModules(List<SiteModule> all, Map<String, String> inputs) {
    /** Where a site has modules of its own, each in a folder of its name. */
    static final String FOLDER = "modules";

    /** Where {@code converge module install} puts those that come from Git. */
    public static final String INSTALLED = ".converge/modules";

    public static final SiteModules NONE = new SiteModules(List.of(), Map.of());

    public SiteModules {
        all = List.copyOf(all);
        inputs = Map.copyOf(inputs);
    }

    /** Those of the site in this folder, or everything that is wrong with them. */
    public static Checked<SiteModules> of(Path site) {
        if (!Files.exists(site.resolve(ModuleList.FILE))
                && ModuleFiles.in(site.resolve(FOLDER)).isEmpty()) {
            return Checked.of(NONE);
        }
        return new ModuleSearch(site).find();
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public Optional<SiteModule> find(String name) {
        return all.stream().filter(module -> module.name().equals(name)).findFirst();
    }

    /** The one that a file of the site belongs to, if any. */
    public Optional<SiteModule> of(String shownFile) {
        return all.stream()
                .filter(module -> shownFile.startsWith(module.shown() + "/"))
                .findFirst();
    }

    /**
     * How a catalog names a file, wherever Converge is installed: one of a module outside the site as if the module were
     * in it, {@code modules/nginx/src/Nginx.groovy}.
     */
    public String inCatalog(String shownFile) {
        Optional<SiteModule> owner = shownFile.startsWith("/") ? of(shownFile) : Optional.empty();
        return owner.isPresent() ? owner.get().inCatalog(Path.of(shownFile)) : shownFile;
    }

    /** Where such a file of a module outside the site is. */
    public Optional<Path> located(String fileInCatalog) {
        return all.stream()
                .filter(module -> module.shown().startsWith("/") && fileInCatalog.startsWith(module.inCatalog("")))
                .map(module -> module.folder()
                        .resolve(fileInCatalog.substring(module.inCatalog("").length())))
                .findFirst();
    }

    /** How a file is called wherever Converge is installed: one of a module outside the site by the module's name. */
    public String input(String shownFile) {
        Optional<SiteModule> owner = shownFile.startsWith("/") ? of(shownFile) : Optional.empty();
        return owner.isPresent() ? owner.get().input(Path.of(shownFile)) : shownFile;
    }
}
