package dev.converge.testing;

import dev.converge.schema.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A catalog that was looked at once and is kept: {@code test/golden/NAME.json}. It says what the host shall be, and not
 * where in the manifests that stands, so that it changes only when the host would.
 */
final class Golden {
    private static final String PLACE = "source";

    private final TestRun run;
    private final Path file;

    Golden(TestRun run, String name) {
        this.run = run;
        this.file = run.home().resolve("test/golden").resolve(name + ".json");
    }

    void compare(Map<String, Object> catalog) {
        String found = text(catalog);
        try {
            if (run.updateGoldens()) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, found);
            } else if (!Files.exists(file)) {
                throw new SpecFailure("There is no " + shown() + " yet." + advice());
            } else {
                compare(Files.readString(file), found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(String wanted, String found) {
        if (!wanted.equals(found)) {
            throw new SpecFailure("The catalog is not that of " + shown() + "." + advice()
                    + LineDiff.of(shown(), wanted, "the catalog", found, "  "));
        }
    }

    private String shown() {
        return run.home().relativize(file).toString();
    }

    private static String advice() {
        return " If it is right as it is now: converge module test --update-goldens";
    }

    private static String text(Map<String, Object> catalog) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(withoutPlaces(catalog), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Object withoutPlaces(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> kept = new LinkedHashMap<>();
            map.forEach((name, value) -> {
                // A file's "source" is text; a place is a tree.
                if (!(name.equals(PLACE) && value instanceof Map)) {
                    kept.put(name.toString(), withoutPlaces(value));
                }
            });
            return kept;
        }
        if (tree instanceof List<?> list) {
            List<Object> kept = new ArrayList<>();
            list.forEach(one -> kept.add(withoutPlaces(one)));
            return kept;
        }
        return tree;
    }
}
