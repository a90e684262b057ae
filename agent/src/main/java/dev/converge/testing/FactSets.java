package dev.converge.testing;

import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.FixedFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Facts of the systems that manifests are tested for: the ones that ship with Converge, and a module's own. */
final class FactSets {
    /** In the order in which a matrix goes through them. */
    static final List<String> SHIPPED =
            List.of("debian-11", "debian-12", "debian-13", "ubuntu-22.04", "ubuntu-24.04", "rocky-9", "alpine-3.20");

    /** Where a module's own stand, as {@code converge facts --output json} printed them. */
    private static final String FOLDER = "test/facts";

    private FactSets() {}

    /** @throws SpecFailure when there is none of that name */
    static Map<String, Object> named(String name, Path home) {
        Path own = home.resolve(FOLDER).resolve(name + ".json");
        try (InputStream in = Files.isRegularFile(own) ? Files.newInputStream(own) : shipped(name)) {
            Map<String, Object> facts = new LinkedHashMap<>();
            JsonMapper.shared().readValue(in, Map.class).forEach((fact, value) -> facts.put(fact.toString(), value));
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream shipped(String name) {
        return Optional.of(name)
                .filter(SHIPPED::contains)
                .map(known -> FactSets.class.getResourceAsStream("facts/" + known + ".json"))
                .orElseThrow(() -> new SpecFailure("There are no facts \"" + name + "\". "
                        + Suggestions.didYouMean(name, SHIPPED).orElse("There are " + String.join(", ", SHIPPED) + ".")
                        + " A set of your own is " + FOLDER + "/" + name
                        + ".json, as \"converge facts --output json\" prints it."));
    }

    /**
     * The same facts with others in their place.
     *
     * @param changes by names with dots, such as {@code os.release}, or as trees
     */
    static FixedFacts with(Map<String, Object> facts, Map<?, ?> changes) {
        Map<String, Object> all = copy(facts);
        changes.forEach((path, value) -> put(all, path.toString(), value));
        return new FixedFacts(all);
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> facts, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot >= 0) {
            Object below = facts.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<String, Object>());
            put((Map<String, Object>) below, path.substring(dot + 1), value);
            return;
        }
        if (value instanceof Map<?, ?> tree && facts.get(path) instanceof Map<?, ?> below) {
            tree.forEach((name, inner) -> put((Map<String, Object>) below, name.toString(), inner));
            return;
        }
        facts.put(path, value instanceof CharSequence text ? text.toString() : value);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> copy(Map<String, Object> tree) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        copy.replaceAll((name, value) -> value instanceof Map<?, ?> below ? copy((Map<String, Object>) below) : value);
        return copy;
    }
}
