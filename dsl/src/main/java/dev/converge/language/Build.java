package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import groovy.lang.Closure;
import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which build of Converge this is, as far as compiled manifests depend on it. */
final class Build {
    private Build() {}

    /** Texts that change when the language, Groovy or a resource type may have changed. */
    static List<String> identity(TypeRegistry types) {
        List<String> parts = new ArrayList<>(types.declarationInterfaces());
        Set<CodeSource> seen = new HashSet<>(); // nearly all types come from one archive
        add(Build.class, seen, parts);
        add(Closure.class, seen, parts);
        List<String> names = new ArrayList<>(types.declarationInterfaces());
        names.addAll(FunctionClasses.of(types.loader()));
        for (String name : names) {
            try {
                add(Class.forName(name, false, types.loader()), seen, parts);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return parts;
    }

    private static void add(Class<?> type, Set<CodeSource> seen, List<String> parts) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            parts.add(type.getName());
        } else if (seen.add(source)) {
            parts.add(stamp(source));
        }
    }

    /** Path, size and time of the archive (or folder) that classes come from. */
    private static String stamp(CodeSource source) {
        try {
            File archive = new File(source.getLocation().toURI());
            return archive + " " + archive.length() + " " + archive.lastModified();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
