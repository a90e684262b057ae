package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.module.ContentHash;
import dev.converge.module.ModuleSource;
import dev.converge.module.SiteModule;
import dev.converge.process.Permissions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which jars of modules may be loaded. Compiling somebody's site must not run his Java: whatever he writes into the site,
 * its list of modules or its lock, only the machine says what it trusts.
 *
 * @param list the machine's file: on each line the SHA-256 of a jar, as {@code sha256sum} prints it, or the absolute path
 *     of a folder whose jars may be loaded, whatever they are
 * @param folders more such folders
 */
public record PermittedJars(Path list, List<Path> folders) {
    private static final Path LIST = Path.of("/etc/converge/module.jars");

    private static final int DIGITS = 64;

    /** What this machine permits: {@code /etc/converge/module.jars}, or what {@code -Dconverge.module.jars} names. */
    public static PermittedJars ofMachine() {
        return new PermittedJars(Path.of(System.getProperty("converge.module.jars", LIST.toString())), List.of());
    }

    /** The same and a folder whose code is run anyway, such as one whose specs somebody starts. */
    public PermittedJars and(Path folder) {
        List<Path> more = new ArrayList<>(folders);
        more.add(folder);
        return new PermittedJars(list, List.copyOf(more));
    }

    /** The jars of one module, or which of them may not be loaded and how to permit that. */
    Checked<List<Path>> of(SiteModule module) {
        List<Path> jars = module.jars();
        if (jars.isEmpty() || module.source() instanceof ModuleSource.Shipped) {
            return Checked.of(jars);
        }
        Checked<List<String>> read = Permissions.in(list, Code.MODULE);
        List<Diagnostic> problems = new ArrayList<>();
        read.diagnostics()
                .forEach(told -> problems.add(told.at(module.description().at())));
        List<String> lines = new ArrayList<>(read.value().orElse(List.of()));
        folders.forEach(folder -> lines.add(folder.toString()));
        if (read.isOk()) {
            jars.stream().filter(jar -> !isPermitted(jar, lines)).forEach(jar -> problems.add(refused(module, jar)));
        }
        return Checked.unlessErrors(jars, problems);
    }

    private static boolean isPermitted(Path jar, List<String> lines) {
        try {
            String digest = ContentHash.ofFile(jar);
            Path real = jar.toRealPath();
            return lines.stream().anyMatch(line -> isDigest(line, digest) || isAround(line, real));
        } catch (IOException e) {
            return false; // what cannot be read cannot be loaded either
        }
    }

    /** The program puts a backslash before the digest of a file whose name it had to quote. */
    private static boolean isDigest(String line, String digest) {
        String plain = line.startsWith("\\") ? line.substring(1) : line;
        return plain.startsWith(digest) && (plain.length() == DIGITS || plain.charAt(DIGITS) == ' ');
    }

    private static boolean isAround(String line, Path real) {
        try {
            return line.startsWith("/") && real.startsWith(Path.of(line).toRealPath());
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private Diagnostic refused(SiteModule module, Path jar) {
        return Diagnostic.error(
                        Code.MODULE,
                        "Jar not permitted",
                        "The module " + module.name() + " has Java code, " + module.shown(jar)
                                + ". It would run with all rights of this account, outside the sandbox of manifests, and "
                                + list + " has neither its SHA-256 nor a folder that it is in.")
                .at(module.description().at())
                .suggest("If you trust it: sha256sum '" + jar.toString().replace("'", "'\\''") + "' >> " + list);
    }
}
