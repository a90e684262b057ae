package dev.converge.separate;

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

/**
 * Something that needs the jars in a folder beside those of Converge, which are opened when it is first asked for: they
 * are large, and on the class path they would slow down every start. Where there is no such folder, as in tests, they are
 * on the class path.
 */
public final class SeparateLibrary<T> {
    private static final String FOLDER = "separate";

    private final Class<T> type;
    private final List<String> users;
    private final String missing;
    private final String advice;
    private T opened;

    /**
     * @param type what the rest of Converge knows it by
     * @param users the classes that use these jars, by their whole names, those nested in them besides; the first is
     *     what is made, without arguments
     * @param missing what is said where the jars are not there, such as "SSH cannot be spoken"
     */
    public SeparateLibrary(Class<T> type, List<String> users, String missing, String advice) {
        this.type = type;
        this.users = List.copyOf(users);
        this.missing = missing;
        this.advice = advice;
    }

    /** @throws ResourceFailure when the jars are not there */
    public synchronized T get() {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    private T open() {
        ClassLoader rest = type.getClassLoader();
        try {
            Path own = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path folder = own.resolveSibling("..").resolve(FOLDER).normalize();
            ClassLoader loader = Files.isDirectory(folder) ? new Jars(own, folder) : rest;
            return type.cast(Class.forName(users.get(0), true, loader)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException | LinkageError | IOException | URISyntaxException e) {
            throw new ResourceFailure(missing + ": " + e + ".", advice);
        }
    }

    private static List<URL> in(Path folder, Path own) throws IOException {
        List<URL> jars = new ArrayList<>(List.of(own.toUri().toURL()));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : all) {
                jars.add(jar.toUri().toURL());
            }
        }
        return jars;
    }

    private final class Jars extends URLClassLoader {
        Jars(Path own, Path folder) throws IOException {
            super(FOLDER, in(folder, own).toArray(URL[]::new), type.getClassLoader());
        }

        /** The classes that use the jars come from here, too, since only here they find them. */
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            int nested = name.indexOf('$');
            if (!users.contains(nested < 0 ? name : name.substring(0, nested))) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
