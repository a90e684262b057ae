package dev.converge.schema;

import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Writes trees of plain values as JSON: UTF-8, two spaces of indentation, one line end after the document, keys in the
 * order of their maps; so the same tree always gives the same bytes.
 */
public final class JsonText {
    private JsonText() {}

    /**
     * Writes one document and flushes; the stream stays open.
     *
     * @param tree strings, numbers, booleans, nulls, and iterables and maps of these
     */
    public static void write(Object tree, OutputStream out) {
        try (JsonGenerator generator = new JsonFactory().createGenerator(new Indented(), out)) {
            generator.configure(StreamWriteFeature.AUTO_CLOSE_TARGET, false);
            write(tree, generator);
            generator.writeRaw('\n');
        }
    }

    /** The same on one line, without its end. */
    public static String line(Object tree) {
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), line)) {
            write(tree, generator);
        }
        return line.toString();
    }

    /**
     * The one form that a tree has for digests: UTF-8, keys sorted, no white space, as RFC 8785 has it; numbers as they
     * are written.
     */
    public static byte[] canonical(Object tree) {
        return line(sorted(tree)).getBytes(StandardCharsets.UTF_8);
    }

    private static Object sorted(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put(key.toString(), sorted(value)));
            return sorted;
        }
        if (tree instanceof Iterable<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(sorted(one)));
            return all;
        }
        return tree;
    }

    private static void write(Object tree, JsonGenerator out) {
        if (tree instanceof Map<?, ?> map) {
            out.writeStartObject();
            map.forEach((key, value) -> {
                out.writeName(key.toString());
                write(value, out);
            });
            out.writeEndObject();
        } else if (tree instanceof Iterable<?> list) {
            out.writeStartArray();
            list.forEach(value -> write(value, out));
            out.writeEndArray();
        } else {
            writeScalar(tree, out);
        }
    }

    private static void writeScalar(Object value, JsonGenerator out) {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Number number) {
            out.writeNumber(number.toString());
        } else {
            out.writeString(value.toString());
        }
    }

    private static final class Indented extends ObjectWriteContext.Base {
        private final DefaultIndenter lines = new DefaultIndenter("  ", "\n");

        @Override
        public PrettyPrinter getPrettyPrinter() {
            Separators tight = Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            return new DefaultPrettyPrinter(tight).withObjectIndenter(lines).withArrayIndenter(lines);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
