package dev.converge.signature;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What verifies OpenPGP signatures, from a folder beside the jars of Converge that is opened when the first one is met:
 * these jars are large, and on the class path they would slow down every start.
 */
final class OpenPgpLibrary extends URLClassLoader {
    private static final String FOLDER = "openpgp";
    private static final String VERIFIER = "dev.converge.signature.OpenPgpSignature";

    private OpenPgpLibrary(List<URL> jars, ClassLoader rest) {
        super("openpgp", jars.toArray(URL[]::new), rest);
    }

    /** @throws ResourceFailure when the library is not there */
    static OpenPgp verifier() {
        return Once.OPENED
                .verifier()
                .orElseThrow(() -> new ResourceFailure(
                        "The library for OpenPGP signatures cannot be loaded: " + Once.OPENED.problem() + ".",
                        "Install Converge anew, or sign with SSH keys: source.allowedSigners."));
    }

    private static final class Once {
        private static final Opened OPENED = open();
    }

    /** @param problem why there is none */
    private record Opened(Optional<OpenPgp> verifier, String problem) {}

    private static Opened open() {
        ClassLoader rest = OpenPgp.class.getClassLoader();
        try {
            Path own = Path.of(OpenPgp.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = own.resolveSibling("..").resolve(FOLDER).normalize();
            ClassLoader loader = Files.isDirectory(folder) ? new OpenPgpLibrary(jars(own, folder), rest) : rest;
            OpenPgp verifier = (OpenPgp) Class.forName(VERIFIER, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            return new Opened(Optional.of(verifier), "");
        } catch (ReflectiveOperationException | LinkageError | IOException | URISyntaxException e) {
            return new Opened(Optional.empty(), e.toString());
        }
    }

    private static List<URL> jars(Path own, Path folder) throws IOException {
        List<URL> jars = new ArrayList<>(List.of(own.toUri().toURL()));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : all) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars;
    }

    /** The class that uses the library comes from here, too, since only here it finds it. */
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(VERIFIER)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
