package dev.converge.serve;

import dev.converge.data.DataFailure;
import dev.converge.data.DataValue;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import dev.converge.data.ParsedDocuments;
import dev.converge.data.SiteBounds;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.FactSource;
import dev.converge.facts.FixedFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What manifests know of a machine that has never run: what {@code serve.facts} and its row say, each a map, a file of the
 * site, or several of both.
 */
final class HostFacts {
    private final Path site;
    private final SiteBounds bounds;
    private final ParsedDocuments documents = new ParsedDocuments();

    /** @param site its root, which files lie in */
    HostFacts(Path site) {
        this.site = site;
        this.bounds = new SiteBounds(List.of(site));
    }

    /**
     * All of a host's facts.
     *
     * @param given what later ones say counts more
     */
    FactSource of(String name, List<String> macs, List<Optional<DataValue>> given, Consumer<Diagnostic> problems) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (Optional<DataValue> value : given) {
            value.ifPresent(known -> add(known, facts, problems));
        }
        int dot = name.indexOf('.');
        Map<String, Object> networking = new LinkedHashMap<>();
        macs.stream().limit(1).forEach(mac -> networking.put("mac", mac));
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("fqdn", name);
        own.put("hostname", dot < 0 ? name : name.substring(0, dot));
        if (dot > 0) {
            networking.put("domain", name.substring(dot + 1));
        }
        if (!networking.isEmpty()) {
            own.put("networking", networking);
        }
        merge(own, facts);
        return new FixedFacts(facts);
    }

    private void add(DataValue value, Map<String, Object> facts, Consumer<Diagnostic> problems) {
        if (value instanceof Sequence list) {
            list.elements().forEach(element -> add(element, facts, problems));
        } else if (value instanceof Mapping mapping && mapping.plain() instanceof Map<?, ?> map) {
            merge(map, facts);
        } else if (value instanceof Scalar scalar && scalar.value() instanceof String path) {
            file(path, value, problems).ifPresent(map -> merge(map, facts));
        } else {
            problems.accept(Diagnostic.error(
                            Code.BAD_VALUE, "Bad value", "Facts are a map or a file, and this is " + value.kind() + ".")
                    .at(value.at())
                    .suggest("Write facts/debian-12.json, or { os: { family: debian } }."));
        }
    }

    private Optional<Map<?, ?>> file(String path, DataValue value, Consumer<Diagnostic> problems) {
        Path file = site.resolve(path).normalize();
        try {
            if (file.startsWith(site) && Files.isRegularFile(file) && bounds.hold(file)) {
                return documents.parse(path, Files.readString(file)).plain() instanceof Map<?, ?> map
                        ? Optional.of(map)
                        : Optional.empty();
            }
        } catch (DataFailure e) {
            problems.accept(e.diagnostic());
            return Optional.empty();
        } catch (IOException e) {
            // As if it were not there.
            file = site;
        }
        problems.accept(Diagnostic.error(Code.FACTS, "No facts", "The site has no file " + path + ".")
                .at(value.at())
                .suggest("Write what \"converge facts --output json\" prints on such a machine into that file."));
        return Optional.empty();
    }

    private static void merge(Map<?, ?> from, Map<String, Object> into) {
        from.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value instanceof Map<?, ?> inner) {
                Map<String, Object> joined = new LinkedHashMap<>();
                if (into.get(name) instanceof Map<?, ?> before) {
                    merge(before, joined);
                }
                merge(inner, joined);
                into.put(name, joined);
            } else {
                into.put(name, value);
            }
        });
    }
}
