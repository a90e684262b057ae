package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
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
import java.util.Set;

/** Finds and reads the Groovy files of a site, in an order that does not depend on the machine. */
final class SiteSources {
    /** Some editors put it at the start of a UTF-8 file; it is not part of the text. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Folders of a site that hold no manifests. */
    private static final Set<String> OTHER = Set.of("files", "templates", "data", "test", "target", "build");

    private SiteSources() {}

    static Checked<List<SourceFile>> read(Site site) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        List<SourceFile> sources = new ArrayList<>();
        Set<String> names = new HashSet<>();
        try {
            for (Path path : site.alone() ? List.of(site.manifest()) : paths(site.root())) {
                String shown = path.toString().replace('\\', '/');
                try {
                    String text = Files.readString(site.root().resolve(path), StandardCharsets.UTF_8);
                    String source = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
                    sources.add(new SourceFile(sources.size(), shown, scriptClass(shown, names), source));
                } catch (CharacterCodingException e) {
                    diagnostics.add(Diagnostic.error(Code.SYNTAX, "Not UTF-8", shown + " is not valid UTF-8 text.")
                            .suggest("Save it as UTF-8."));
                }
            }
        } catch (IOException e) {
            diagnostics.add(Diagnostic.error(
                    Code.SITE_FILE, "Cannot read the site", "Reading " + site.root() + " failed: " + e.getMessage()));
        }
        return Checked.unlessErrors(sources, diagnostics);
    }

    /** @param site may be a link, such as one to the latest of several releases: a walk would not go through it */
    private static List<Path> paths(Path site) throws IOException {
        Path root = site.toRealPath();
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name =
                        folder.getFileName() == null ? "" : folder.getFileName().toString();
                boolean skipped = !folder.equals(root) && (name.startsWith(".") || OTHER.contains(name));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().endsWith(".groovy")) {
                    found.add(root.relativize(file));
                }
                return FileVisitResult.CONTINUE;
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
