package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import groovy.lang.Closure;
import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/** Which build of Converge this is, as far as compiled manifests depend on it. */
final class Build {
    private Build() {}

    /** Texts that change when the language, Groovy or a resource type may have changed. */
    static List<String> identity(TypeRegistry types) {
        List<String> parts = new ArrayList<>();
        parts.add(stamp(Build.class));
        parts.add(stamp(Closure.class));
        for (String declarations : types.declarationInterfaces()) {
            parts.add(declarations);
            try {
                parts.add(stamp(Class.forName(declarations, false, Build.class.getClassLoader())));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }

    /** Path, size and time of the archive (or folder) that a class comes from. */
    private static String stamp(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            return type.getName();
        }
        try {
            File archive = new File(source.getLocation().toURI());
            return archive + " " + archive.length() + " " + archive.lastModified();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
