package dev.converge.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;

/** The classes with functions for manifests that jars of modules bring. */
final class FunctionClasses {
    private static final String SERVICES = "META-INF/services/" + Functions.class.getName();

    /** Apart, since every start asks for names and only a compilation for this: it brings Groovy's compiler along. */
    private static final class Mark {
        static final ClassNode TYPE = ClassHelper.make(Functions.class);
    }

    private FunctionClasses() {}

    /** Their names, sorted, as the jars name them. */
    static Set<String> of(ClassLoader loader) {
        if (loader == FunctionClasses.class.getClassLoader()) {
            return Set.of(); // Converge itself has none
        }
        TreeSet<String> names = new TreeSet<>();
        try {
            for (URL file : Collections.list(loader.getResources(SERVICES))) {
                read(file, names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private static void read(URL file, TreeSet<String> into) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    into.add(name);
                }
            }
        }
    }

    /** Whether a class is one; what is compiled with the site is not, whatever it implements. */
    static boolean isOne(ClassNode type) {
        return !Sandbox.isSite(type) && !type.equals(Mark.TYPE) && type.implementsInterface(Mark.TYPE);
    }
}
