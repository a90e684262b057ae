package dev.converge.testing;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.language.Site;
import dev.converge.module.ModuleDescription;
import dev.converge.module.ModuleFolder;
import dev.converge.module.SiteModules;
import dev.converge.schema.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A site for one compilation, in a folder of its own: the tested site or a site that uses the tested module, with the
 * manifest and the data that the spec gives. Nothing of the tested folder is copied but links to it.
 */
final class TrialSite implements AutoCloseable {
    /** Folders that belong to no manifest; data is apart, since a spec may give its own. */
    private static final Set<String> OTHER = Set.of("test", "target", "build", "data");

    private static final String DATA = "data";

    private final Path home;
    private final Path root;
    private final Optional<String> spec;
    private String ofModule = "";

    private TrialSite(Path home, Path root, Optional<String> spec) {
        this.home = home;
        this.root = root;
        this.spec = spec;
    }

    /** One whose manifest stands in a spec. */
    static TrialSite of(Path home, InlineManifest manifest, Map<String, Object> data) throws IOException {
        TrialSite trial = in(home, Optional.of(manifest.file()));
        if (ModuleFolder.isModule(home)) {
            trial.use(described(home));
        } else {
            trial.link(Set.of(Site.ENTRY));
        }
        Files.writeString(trial.root.resolve(Site.ENTRY), manifest.source());
        trial.give(data);
        return trial;
    }

    /** The tested site as it is, or one of its manifests alone. */
    static TrialSite of(Path home, String manifest, Map<String, Object> data) throws IOException {
        Path real = home.resolve(manifest).normalize();
        if (!Files.isRegularFile(real)) {
            throw new SpecFailure("There is no manifest " + real + ".");
        }
        Path folder = real.getParent();
        TrialSite trial = in(folder, Optional.empty());
        trial.link(Set.of());
        if (!real.endsWith(Site.ENTRY)) {
            Files.deleteIfExists(trial.root.resolve(Site.ENTRY));
            Files.createSymbolicLink(trial.root.resolve(Site.ENTRY), real);
        }
        trial.give(data);
        return trial;
    }

    private static TrialSite in(Path home, Optional<String> spec) throws IOException {
        return new TrialSite(home, Files.createTempDirectory("converge-spec").toRealPath(), spec);
    }

    /** A site that lists the module, and what that requires and stands beside it; what ships with Converge is found. */
    private void use(ModuleDescription module) throws IOException {
        ofModule = "modules/" + module.name() + "/";
        Map<String, Object> list = new LinkedHashMap<>();
        list.put(module.name(), Map.of("path", home.toString()));
        for (String required : module.requires().keySet()) {
            Path beside = home.resolveSibling(required);
            if (ModuleFolder.isModule(beside)) {
                list.put(required, Map.of("path", beside.toString()));
            }
        }
        write(root.resolve("converge.modules.yaml"), Map.of("modules", list));
    }

    private static ModuleDescription described(Path home) {
        Checked<ModuleDescription> read = ModuleFolder.read(home);
        return read.value()
                .orElseThrow(() -> new SpecFailure(
                        new DiagnosticPrinter(file -> lines(home.resolve(file)), false).print(read.diagnostics())));
    }

    private static Optional<List<String>> lines(Path file) {
        try {
            return Optional.of(Files.readAllLines(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void link(Set<String> except) throws IOException {
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.equals(home)) {
                    return FileVisitResult.CONTINUE;
                }
                String name = folder.getFileName().toString();
                if (OTHER.contains(name) || (name.startsWith(".") && !name.equals(".converge"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Path twin = root.resolve(home.relativize(folder).toString());
                if (Set.of("files", "templates").contains(name) || ModuleFolder.isModule(folder)) {
                    Files.createSymbolicLink(twin, folder);
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectory(twin);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String shown = home.relativize(file).toString();
                if (!except.contains(shown)) {
                    Files.createSymbolicLink(root.resolve(shown), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** What the spec says takes the place of the site's own data. */
    private void give(Map<String, Object> data) throws IOException {
        Path own = home.resolve(DATA);
        if (data.isEmpty()) {
            if (Files.isDirectory(own) && !ModuleFolder.isModule(home)) {
                Files.createSymbolicLink(root.resolve(DATA), own);
            }
            return;
        }
        Files.createDirectory(root.resolve(DATA));
        write(root.resolve(DATA).resolve("common.yaml"), data);
    }

    /** JSON is YAML too. */
    private static void write(Path file, Map<String, Object> tree) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            JsonText.write(tree, out);
        }
    }

    Site site() {
        return new Site(root, Path.of(Site.ENTRY), false, SiteModules.of(root), Optional.of(home));
    }

    /** The lines of a file that a diagnostic names. */
    Optional<List<String>> lines(String file) {
        return lines(home.resolve(file));
    }

    /** Diagnostics as the author of the spec can follow them: the spec's file and lines, the module's own files. */
    List<Diagnostic> shown(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(this::shown).toList();
    }

    Diagnostic shown(Diagnostic told) {
        List<Related> related = new ArrayList<>();
        told.related()
                .forEach(one -> related.add(new Related(one.message(), one.at().map(this::shown))));
        return new Diagnostic(
                told.severity(),
                told.code(),
                told.summary(),
                told.detail(),
                told.at().map(this::shown),
                told.suggestion(),
                related);
    }

    /** A place as the author of the spec can open it. */
    SourceRange shown(SourceRange at) {
        String file = at.file();
        if (spec.isPresent() && file.equals(Site.ENTRY)) {
            file = spec.get();
        } else if (file.startsWith(home + "/")) {
            file = file.substring(home.toString().length() + 1);
        } else if (isOfModule(file)) {
            file = file.substring(ofModule.length());
        }
        return new SourceRange(file, at.line(), at.column(), at.endLine(), at.endColumn());
    }

    /** Whether a place is in the manifests that are tested: not in the spec, nor in a module that they only use. */
    boolean isTested(SourceRange at) {
        String file = at.file();
        boolean isSpec = spec.isPresent() && file.equals(Site.ENTRY);
        return isOfModule(file) || (!isSpec && Files.exists(root.resolve(file)));
    }

    /** Whether a catalog names so a file of the module that is tested. */
    private boolean isOfModule(String file) {
        return !ofModule.isEmpty() && file.startsWith(ofModule);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
