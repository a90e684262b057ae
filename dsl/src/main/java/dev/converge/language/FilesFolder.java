package dev.converge.language;

import dev.converge.data.SiteBounds;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import dev.converge.module.SiteModule;
import dev.converge.module.SiteModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What manifests name files in: a folder of the site, {@code files/} or {@code templates/}, and the folders of that name in
 * its modules, whose files have the module's name before them. Where the site has the same file, it is the site's.
 */
final class FilesFolder implements SiteFiles {
    private static final int DEPTH = 8;

    private final Path folder;
    private final String name;
    private final SiteModules modules;
    private final SiteInputs inputs;
    private final SiteBounds bounds;

    /** @param inputs is told what manifests name */
    FilesFolder(Site site, String name, SiteModules modules, SiteInputs inputs) {
        this.folder = site.root().resolve(name);
        this.bounds = new SiteBounds(site.folders());
        this.name = name;
        this.modules = modules;
        this.inputs = inputs;
    }

    @Override
    public Path resolve(String file) {
        return find(file).path();
    }

    /**
     * A file that was found.
     *
     * @param shown how diagnostics name it, so that it can be opened from the site's root
     */
    record Found(Path path, String shown) {}

    /** @throws InvalidValueException when there is none, or when the name leads out of the folder */
    Found find(String file) {
        Path path = within(folder, file, "the site's " + name + "/");
        if (Files.exists(path)) {
            String shown = name + "/" + folder.relativize(path);
            requireInside(path, shown);
            inputs.named(shown, path);
            return new Found(path, shown);
        }
        int slash = file.indexOf('/');
        Optional<SiteModule> module = modules.find(slash < 0 ? file : file.substring(0, slash));
        if (module.isEmpty()) {
            throw missing(
                    file,
                    "The site has no " + name + "/" + file + ".",
                    "Put it into the folder " + name + "/ beside the manifest.");
        }
        return ofModule(module.get(), file, slash < 0 ? "" : file.substring(slash + 1));
    }

    private Found ofModule(SiteModule module, String file, String inModule) {
        Path own = module.folder().resolve(name);
        Path path = within(own, inModule, "the module's " + name + "/");
        if (!Files.exists(path)) {
            throw missing(
                    file,
                    "Neither the site nor the module " + module.name() + " has this file: there is no " + name + "/"
                            + file + ", and no " + module.shown(path) + ".",
                    "Put it into one of these places.");
        }
        requireInside(path, module.shown(path));
        inputs.named(module.folder().startsWith(folder.getParent()) ? module.shown(path) : module.input(path), path);
        return new Found(path, module.shown(path));
    }

    private void requireInside(Path path, String shown) {
        boolean inside;
        try {
            inside = bounds.hold(path);
        } catch (IOException e) {
            inside = true; // it is told why when it is read
        }
        if (!inside) {
            throw new InvalidValueException(
                    shown + " is reached by a link that leads out of the site.",
                    "Put the file itself in the place of the link.");
        }
    }

    private static Path within(Path folder, String file, String what) {
        Path path;
        try {
            path = folder.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + file + "\" is not a path: " + e.getReason() + ".");
        }
        if (!path.startsWith(folder)) {
            throw new InvalidValueException("\"" + file + "\" leads out of " + what + ".");
        }
        return path;
    }

    private InvalidValueException missing(String file, String message, String advice) {
        List<String> names = new ArrayList<>(names(folder, ""));
        modules.all().forEach(module -> names.addAll(names(module.folder().resolve(name), module.name() + "/")));
        return new InvalidValueException(
                message,
                Suggestions.nearest(file, names)
                        .map(near -> "Did you mean \"" + near + "\"?")
                        .orElse(advice));
    }

    private static List<String> names(Path folder, String before) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.map(path -> before + folder.relativize(path)).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
