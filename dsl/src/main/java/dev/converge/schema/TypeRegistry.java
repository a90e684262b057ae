package dev.converge.schema;

import dev.converge.model.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All resource types on the class path, from the indexes that the annotation processor writes; loaded when first used. */
public final class TypeRegistry {
    /** Where the annotation processor writes its index: lines of {@code name schemaClass declarationsInterface}. */
    public static final String INDEX = "META-INF/converge/types";

    private record Entry(String schema, String declarations) {}

    private final ClassLoader loader;
    private final Map<String, Entry> entries;
    private final Map<String, TypeSchema<?>> loaded = new ConcurrentHashMap<>();

    private TypeRegistry(ClassLoader loader, Map<String, Entry> entries) {
        this.loader = loader;
        this.entries = entries;
    }

    public static TypeRegistry of(ClassLoader loader) {
        Map<String, Entry> entries = new TreeMap<>();
        try {
            Enumeration<URL> indexes = loader.getResources(INDEX);
            while (indexes.hasMoreElements()) {
                read(indexes.nextElement(), entries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TypeRegistry(loader, entries);
    }

    private static void read(URL index, Map<String, Entry> into) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(index.openStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int first = line.indexOf(' ');
                int second = line.indexOf(' ', first + 1);
                if (first > 0 && second > 0) {
                    into.put(
                            line.substring(0, first),
                            new Entry(line.substring(first + 1, second), line.substring(second + 1)));
                }
            }
        }
    }

    /** The names of all types, sorted. */
    public Set<String> names() {
        return entries.keySet();
    }

    /** The names of the generated interfaces that give a manifest its words, sorted by type. */
    public List<String> declarationInterfaces() {
        List<String> names = new ArrayList<>();
        for (Entry entry : entries.values()) {
            names.add(entry.declarations());
        }
        return names;
    }

    /** The name of the generated class that stands between the braces of a type. */
    public String bodyClass(String type) {
        String declarations = entries.get(type).declarations();
        return declarations.substring(0, declarations.length() - "Declarations".length()) + "Body";
    }

    public Optional<TypeSchema<?>> find(String name) {
        Entry entry = entries.get(name);
        return entry == null ? Optional.empty() : Optional.of(loaded.computeIfAbsent(name, key -> load(entry)));
    }

    /** The schema of a type that is known to exist, such as that of a declared resource. */
    @SuppressWarnings("unchecked")
    public <R extends Resource> TypeSchema<R> get(String name) {
        return (TypeSchema<R>) find(name).orElseThrow(() -> new IllegalArgumentException("no resource type " + name));
    }

    private TypeSchema<?> load(Entry entry) {
        try {
            return (TypeSchema<?>) Class.forName(entry.schema(), true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot load the resource type " + entry.schema(), e);
        }
    }
}
