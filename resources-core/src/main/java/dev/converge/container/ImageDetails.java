package dev.converge.container;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that an engine has, with what it gives to each container made of it.
 *
 * @param id digest of its configuration, by which an engine knows it
 * @param names references that lead to it
 * @param digests references with the digests of manifests, by which registries know it
 */
record ImageDetails(
        String id,
        List<String> names,
        List<String> digests,
        Map<String, String> environment,
        List<String> command,
        List<String> entrypoint,
        Map<String, String> labels,
        Optional<String> user,
        Optional<String> workingDirectory,
        Optional<Object> healthCheck) {
    /** One of which nothing is known any more. */
    static final ImageDetails UNKNOWN = of(Json.MISSING);

    static ImageDetails of(Json image) {
        Json config = image.at("Config");
        return new ImageDetails(
                image.at("Id").text().orElse(""),
                image.at("RepoTags").texts(),
                image.at("RepoDigests").texts(),
                variables(config.at("Env").texts()),
                config.at("Cmd").texts(),
                config.at("Entrypoint").texts(),
                config.at("Labels").textFields(),
                config.at("User").text(),
                config.at("WorkingDir").text(),
                Optional.ofNullable(config.at("Healthcheck").plain()));
    }

    boolean isKnown() {
        return !id.isEmpty();
    }

    /** Lines of {@code NAME=value} by their names. */
    static Map<String, String> variables(List<String> lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            variables.put(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        }
        return variables;
    }

    /** The digest under which the registry of a name knows it; its id where it never was in one. */
    String digestFor(ImageName name) {
        String start = name.path() + "@";
        return digests.stream()
                .filter(reference -> reference.startsWith(start) || reference.startsWith(shortPath(name) + "@"))
                .map(reference -> reference.substring(reference.indexOf('@') + 1))
                .findFirst()
                .orElse(id);
    }

    /** Docker leaves its own registry out. */
    private static String shortPath(ImageName name) {
        return new ImageName(name.registry(), name.repository(), Optional.empty(), Optional.empty()).toString();
    }
}
