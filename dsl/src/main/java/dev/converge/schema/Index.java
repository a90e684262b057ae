package dev.converge.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the annotation processor has written of each module: lines of a name and two classes. */
final class Index {
    private Index() {}

    /** The classes by name, sorted, of all files of that name on the class path. */
    static Map<String, List<String>> read(ClassLoader loader, String path) {
        Map<String, List<String>> entries = new TreeMap<>();
        try {
            Enumeration<URL> files = loader.getResources(path);
            while (files.hasMoreElements()) {
                read(files.nextElement(), entries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static void read(URL file, Map<String, List<String>> into) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> words = Arrays.asList(line.split(" "));
                if (words.size() == 3) {
                    into.put(words.get(0), words.subList(1, 3));
                }
            }
        }
    }
}
