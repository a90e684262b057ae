package dev.converge.data;

import dev.converge.consul.ConsulFailure;
import dev.converge.consul.ConsulKeys;
import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A level of keys in Consul: {@code consul} in the hierarchy. A slash in a key is a dot in ours. */
record ConsulLevel(
        String name,
        URI address,
        PathPattern prefix,
        Optional<TokenFile> token,
        Duration timeout,
        Decipher decipher,
        SourceRange at)
        implements Level {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Override
    public boolean isFar() {
        return true;
    }

    @Override
    public List<Source> read(Reading reading) {
        try {
            String below = prefix.of(reading.facts()).replaceAll("^/+|/+$", "");
            reading.outside().require(address.toString(), at);
            Optional<Secret> secret = token.map(file -> file.read(at));
            return List.of(source(new ConsulKeys(address, below, secret, timeout), reading));
        } catch (PathPattern.Lacking e) {
            return List.of(new Source.Nothing(address + "/v1/kv/" + prefix.text(), String.valueOf(e.getMessage())));
        }
    }

    private Source source(ConsulKeys keys, Reading reading) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        StringBuilder read = new StringBuilder();
        for (ConsulKeys.Pair pair : ask(keys)) {
            String text = pair.value().orElse("");
            SourceRange place = SourceRange.point(keys.url(pair.name()), 1, 1);
            String key = pair.below().replace('/', '.');
            entries.put(
                    key,
                    new Entry(key, place, pair.value().isEmpty() ? new DataValue.Empty(place) : value(text, place)));
            read.append(pair.name())
                    .append('\n')
                    .append(text.length())
                    .append('\n')
                    .append(text)
                    .append('\n');
        }
        reading.read().accept(keys.url(), read.toString());
        return entries.isEmpty()
                ? new Source.Nothing(keys.url(), "there is no key below it")
                : new Source.Values(
                        keys.url(), DottedKeys.expand(new Mapping(entries, SourceRange.point(keys.url(), 1, 1))));
    }

    private List<ConsulKeys.Pair> ask(ConsulKeys keys) {
        try {
            return keys.read();
        } catch (ConsulFailure e) {
            throw DataFailure.at(at, "Consul", String.valueOf(e.getMessage()), e.advice());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DataFailure.at(at, "Consul", "Asking " + keys.url() + " was interrupted.", "Run it again.");
        }
    }

    /** Maps, lists, numbers and truth values as YAML or JSON say them; anything else is the text that it is. */
    private static DataValue value(String text, SourceRange place) {
        try {
            Optional<DataValue> value = DataDocument.tree(place.file(), text);
            boolean plain =
                    value.isEmpty() || (value.get() instanceof Scalar scalar && scalar.value() instanceof String);
            return plain ? new Scalar(text, place) : value.get();
        } catch (DataFailure e) {
            return new Scalar(text, place);
        }
    }
}
