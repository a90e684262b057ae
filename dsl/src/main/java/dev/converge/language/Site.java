package dev.converge.language;

import dev.converge.data.SiteBounds;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.module.SiteModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of manifests at one moment.
 *
 * @param root the folder that {@code files/} and {@code templates/} are in
 * @param manifest the manifest that is run, relative to {@code root}
 * @param alone whether the manifest was named by itself: other Groovy files in the folder do not belong to it, nor
 *     modules
 * @param modules what it has of modules, or what is wrong with them; told when it is compiled
 * @param stoodInFor another folder that its links may lead into: the one that specs test by a site made of links
 */
public record Site(Path root, Path manifest, boolean alone, Checked<SiteModules> modules, Optional<Path> stoodInFor) {
    public Site(Path root, Path manifest, boolean alone, Checked<SiteModules> modules) {
        this(root, manifest, alone, modules, Optional.empty());
    }

    /** The manifest that a site starts with. */
    public static final String ENTRY = "site.groovy";

    /** @param place a manifest, or a folder with a {@code site.groovy} in it */
    public static Checked<Site> open(Path place) {
        Path absolute = place.toAbsolutePath().normalize();
        if (Files.isRegularFile(absolute)) {
            return Checked.of(
                    isEntry(absolute)
                            ? whole(absolute.getParent())
                            : new Site(
                                    absolute.getParent(), absolute.getFileName(), true, Checked.of(SiteModules.NONE)));
        }
        if (Files.isRegularFile(absolute.resolve(ENTRY))) {
            return Checked.of(whole(absolute));
        }
        if (Files.isDirectory(absolute)) {
            return Checked.failed(
                    Diagnostic.error(Code.SITE_FILE, "No manifest", "The folder " + place + " has no " + ENTRY + ".")
                            .suggest("Put your manifest into " + place.resolve(ENTRY) + "."));
        }
        return Checked.failed(
                Diagnostic.error(Code.SITE_FILE, "No manifest", place + " does not exist or cannot be read.")
                        .suggest("Name a manifest, or a folder with a " + ENTRY + " in it."));
    }

    private static Site whole(Path root) {
        return new Site(root, Path.of(ENTRY), false, SiteModules.of(root));
    }

    /** The folders that its files, and those of its modules, have to be in. */
    List<Path> folders() {
        List<Path> folders = new ArrayList<>(List.of(root));
        stoodInFor.ifPresent(folders::add);
        modules.value().orElse(SiteModules.NONE).all().forEach(module -> folders.add(module.folder()));
        return folders;
    }

    private static boolean isEntry(Path manifest) {
        return manifest.getFileName().toString().equals(ENTRY);
    }

    /** The lines of a file that a diagnostic names, for showing them; none of one that a link out of the site leads to. */
    public Optional<List<String>> lines(String file) {
        Path real = modules.value().orElse(SiteModules.NONE).located(file).orElseGet(() -> root.resolve(file));
        try {
            return isLinkedOut(real) ? Optional.empty() : Optional.of(Files.readAllLines(real));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Who wrote the site may not be allowed to read what his links lead to, and a message would show it. */
    private boolean isLinkedOut(Path file) throws IOException {
        if (alone && file.equals(root.resolve(manifest))) {
            return false; // it was named by who compiles it
        }
        List<Path> folders = folders();
        return folders.stream().anyMatch(file::startsWith) && !new SiteBounds(folders).hold(file);
    }
}
