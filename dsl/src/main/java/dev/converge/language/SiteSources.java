package dev.converge.language;

import dev.converge.data.SiteBounds;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.module.SiteModule;
import dev.converge.module.SiteModules;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds and reads the Groovy files of a site, in an order that does not depend on the machine. */
final class SiteSources {
    /** Some editors put it at the start of a UTF-8 file; it is not part of the text. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Folders of a site that hold no manifests. */
    private static final Set<String> OTHER = Set.of("files", "templates", "data", "test", "target", "build");

    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<SourceFile> sources = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private final Path top;
    private final SiteBounds bounds;

    private SiteSources(Path top, List<Path> folders) {
        this.top = top;
        this.bounds = new SiteBounds(folders);
    }

    /** Those of the site, then those of its modules. */
    static Checked<List<SourceFile>> read(Site site, SiteModules modules) {
        SiteSources all = new SiteSources(site.root(), site.folders());
        if (site.alone()) {
            all.addNamed(site);
            return all.checked();
        }
        try {
            Set<Path> apart = new HashSet<>();
            modules.all().forEach(module -> apart.add(module.folder()));
            for (Path file : files(site.root(), apart)) {
                all.add(file, shown(site.root(), file), Optional.empty());
            }
            for (SiteModule module : modules.all()) {
                all.add(module);
            }
        } catch (IOException e) {
            all.unreadable(e);
        }
        return all.checked();
    }

    /** Those of one module. */
    static Checked<List<SourceFile>> of(SiteModule module) {
        SiteSources all = new SiteSources(module.folder(), List.of(module.folder()));
        try {
            all.add(module);
        } catch (IOException e) {
            all.unreadable(e);
        }
        return all.checked();
    }

    private Checked<List<SourceFile>> checked() {
        return Checked.unlessErrors(sources, diagnostics);
    }

    private void unreadable(IOException failure) {
        diagnostics.add(Diagnostic.error(
                Code.SITE_FILE, "Cannot read the site", "Reading " + top + " failed: " + failure.getMessage()));
    }

    /** A manifest by itself is read wherever a link leads: who compiles it has named it. */
    private void addNamed(Site site) {
        Path file = site.root().resolve(site.manifest());
        try {
            read(file, shown(site.root(), file), Optional.empty());
        } catch (IOException e) {
            unreadable(e);
        }
    }

    private void add(SiteModule module) throws IOException {
        if (bounds.areLeftBy(module.sources())) {
            refuse(module.shown(module.sources()));
        } else if (Files.isDirectory(module.sources())) {
            for (Path file : files(module.sources(), Set.of())) {
                add(file, module.shown(file), Optional.of(module));
            }
        }
    }

    private static String shown(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private void add(Path file, String shown, Optional<SiteModule> module) throws IOException {
        if (bounds.areLeftBy(file)) {
            refuse(shown);
        } else {
            read(file, shown, module);
        }
    }

    /** Without a place: nobody shows a line of it. */
    private void refuse(String shown) {
        diagnostics.add(Diagnostic.error(
                        Code.SITE_FILE,
                        "Link out of the site",
                        shown + " is reached by a link that leads out of the site.")
                .suggest("Put the file itself in the place of the link."));
    }

    private void read(Path file, String shown, Optional<SiteModule> module) throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String source = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            String script = module.map(owner -> owner.input(file)).orElse(shown);
            sources.add(new SourceFile(sources.size(), shown, scriptClass(script, names), source, module));
        } catch (CharacterCodingException e) {
            diagnostics.add(Diagnostic.error(Code.SYNTAX, "Not UTF-8", shown + " is not valid UTF-8 text.")
                    .suggest("Save it as UTF-8."));
        }
    }

    /**
     * @param top may be a link, such as one to the latest of several releases: a walk would not go through it
     * @param apart folders whose files belong to somebody else
     */
    private static List<Path> files(Path top, Set<Path> apart) throws IOException {
        Path root = top.toRealPath();
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name =
                        folder.getFileName() == null ? "" : folder.getFileName().toString();
                boolean skipped = !folder.equals(root)
                        && (name.startsWith(".") || OTHER.contains(name) || apart.contains(named(folder)));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(".groovy")) {
                    found.add(named(file));
                }
                return FileVisitResult.CONTINUE;
            }

            private Path named(Path real) {
                return top.resolve(root.relativize(real));
            }
        });
        found.sort(null);
        return found;
    }

    /** {@code roles/web.groovy} becomes {@code roles_web}; the leading part keeps clear of the site's own classes. */
    private static String scriptClass(String path, Set<String> taken) {
        StringBuilder name = new StringBuilder("manifest_");
        String stem = path.substring(0, path.length() - (path.endsWith(".groovy") ? ".groovy".length() : 0));
        for (int i = 0; i < stem.length(); i++) {
            char c = stem.charAt(i);
            name.append(c < 128 && Character.isLetterOrDigit(c) ? c : '_');
        }
        while (!taken.add(name.toString())) {
            name.append('_');
        }
        return name.toString();
    }
}
