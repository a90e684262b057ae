package dev.converge.aptrepository;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a repository's files shall say.
 *
 * @param keyPath where its own key is
 */
record Wanted(AptRepositoryResource desired, Optional<Path> keyPath) {
    /** What the manifest gives, in the order of sources.list(5); no more. */
    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(SourcesText.TYPES, desired.sources() ? "deb deb-src" : "deb");
        fields.put(SourcesText.ENABLED, desired.enabled() ? "" : "no");
        put(fields, SourcesText.URIS, desired.uris());
        put(fields, SourcesText.SUITES, desired.suites());
        put(fields, SourcesText.COMPONENTS, desired.components());
        if (desired.suites().orElse(List.of()).stream().anyMatch(suite -> suite.endsWith("/"))) {
            fields.put(SourcesText.COMPONENTS, "");
        }
        put(fields, SourcesText.ARCHITECTURES, desired.architectures());
        desired.trusted().ifPresent(trusted -> fields.put(SourcesText.TRUSTED, trusted ? "yes" : ""));
        keyPath.or(desired::signedBy).ifPresent(path -> fields.put(SourcesText.SIGNED_BY, path.toString()));
        return fields;
    }

    private static void put(Map<String, String> fields, String field, Optional<List<String>> words) {
        words.ifPresent(all -> fields.put(field, String.join(" ", all)));
    }

    String editSources(String text) {
        return SourcesText.parse(text).with(fields());
    }

    String preferences() {
        return Pin.text(desired.uris().orElse(List.of()), desired.pinPriority().orElseThrow());
    }
}
