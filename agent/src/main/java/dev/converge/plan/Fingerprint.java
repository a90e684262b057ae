package dev.converge.plan;

import dev.converge.model.Catalog;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.provider.FileEdit;
import dev.converge.provider.ResourceFailure;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Digests of values, secrets included, that only this host can make: whoever reads a plan learns from them neither a
 * value nor whether two of them are equal.
 */
final class Fingerprint {
    private static final String NOTHING = "nothing";

    private final PlanKey key;
    private final TypeRegistry types;

    Fingerprint(PlanKey key, TypeRegistry types) {
        this.key = key;
        this.types = types;
    }

    /** What was found on the host. */
    <R extends Resource> String observed(Declared<R> declared, Optional<R> before) {
        return digest(
                "observed " + declared.id(),
                before.<Object>map(state -> values(declared, state)).orElse(NOTHING));
    }

    /** What the manifest says. */
    <R extends Resource> String desired(Declared<R> declared) {
        return digest("desired " + declared.id(), desiredValues(declared));
    }

    /** The files that a change touches in part, as they are and as they will be. */
    String files(Declared<?> declared, List<FileEdit> edits) {
        return digest(
                "files " + declared.id(),
                edits.stream()
                        .map(edit -> List.of(edit.path(), edit.before(), edit.after()))
                        .toList());
    }

    /** All that a manifest declares for a host, but not where it stands in the manifest. */
    String catalog(Catalog catalog) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(whole)) {
            for (Declared<?> declared : catalog.resources()) {
                put(declared.id().toString(), out);
                put(desiredValues(declared), out);
            }
            for (Edge edge : catalog.edges()) {
                put(List.of(edge.from().toString(), edge.to().toString(), edge.kind()), out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return key.digest("catalog", whole.toByteArray());
    }

    private <R extends Resource> List<Object> desiredValues(Declared<R> declared) {
        return List.of(values(declared, declared.desired()), declared.ensure(), declared.policy());
    }

    private <R extends Resource> List<Object> values(Declared<R> declared, R state) {
        TypeSchema<R> schema = types.get(declared.id().type());
        return Arrays.asList(schema.values(state));
    }

    private String digest(String purpose, Object value) {
        return key.digest(purpose, encoded(value));
    }

    private static byte[] encoded(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            put(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Each kind of value under a letter and with its length, so that no two values look alike. */
    private static void put(Object value, DataOutputStream out) throws IOException {
        if (value instanceof Optional<?> optional) {
            put('?', optional.map(List::<Object>of).orElse(List.of()), out);
        } else if (value instanceof Set<?> set) {
            TreeSet<String> members = new TreeSet<>();
            set.forEach(member -> members.add(HexFormat.of().formatHex(encoded(member))));
            put('{', members, out);
        } else if (value instanceof Collection<?> list) {
            put('[', list, out);
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((name, one) -> sorted.put(name.toString(), one));
            put('k', sorted.keySet().stream().toList(), out);
            put('v', sorted.values(), out);
        } else if (value instanceof Content content) {
            put(content, out);
        } else if (value instanceof Record composed) {
            put(composed, out);
        } else {
            put('=', word(value), out);
        }
    }

    private static void put(char kind, Collection<?> members, DataOutputStream out) throws IOException {
        out.writeChar(kind);
        out.writeInt(members.size());
        for (Object member : members) {
            put(member, out);
        }
    }

    private static void put(char kind, String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeChar(kind);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String word(Object value) {
        if (value instanceof Secret secret) {
            return secret.reveal();
        }
        if (value instanceof Text text) {
            return text.reveal();
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    /** Its bytes where they are at hand; what is on the network is told apart by where it comes from. */
    private static void put(Content content, DataOutputStream out) throws IOException {
        put('o', content.origin().orElse(""), out);
        put('c', bytes(content), out);
    }

    private static String bytes(Content content) {
        try {
            return content.size() < 0 ? "" : content.digest("SHA-256");
        } catch (UncheckedIOException | ResourceFailure e) {
            return "";
        }
    }

    /** By its components: what a record prints may leave out or mask what tells two of them apart. */
    private static void put(Record composed, DataOutputStream out) throws IOException {
        put('r', composed.getClass().getSimpleName(), out);
        for (RecordComponent component : composed.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                put(component.getAccessor().invoke(composed), out);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
