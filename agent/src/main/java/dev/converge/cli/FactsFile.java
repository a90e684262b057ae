package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.FactSource;
import dev.converge.facts.FixedFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Facts of another host than this one. */
final class FactsFile {
    private FactsFile() {}

    /** What {@code converge facts --output json} printed there. */
    static FactSource read(Path file) {
        if (!Files.isReadable(file)) {
            throw Failure.usage("No facts", file + " does not exist or cannot be read.", "Name a file with facts.");
        }
        try {
            Map<?, ?> tree = JsonMapper.shared().readValue(file, Map.class);
            Map<String, Object> facts = new LinkedHashMap<>();
            tree.forEach((name, value) -> facts.put(name.toString(), value));
            return new FixedFacts(facts);
        } catch (JacksonException e) {
            throw new Failure(Diagnostic.error(
                            Code.FACTS, "Unreadable facts", file + " is not JSON: " + e.getOriginalMessage() + ".")
                    .suggest("Print it anew with: converge facts --output json"));
        }
    }

    /** The same facts under another name. */
    static FactSource named(FactSource facts, String fqdn) {
        int dot = fqdn.indexOf('.');
        Map<String, Object> names = Map.of("fqdn", fqdn, "hostname", dot < 0 ? fqdn : fqdn.substring(0, dot));
        return new FactSource() {
            @Override
            public Optional<Object> fact(String path) {
                return names.containsKey(path) ? Optional.of(names.get(path)) : facts.fact(path);
            }

            @Override
            public Map<String, Object> all() {
                Map<String, Object> all = new TreeMap<>(facts.all());
                all.putAll(names);
                return all;
            }
        };
    }
}
